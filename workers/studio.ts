import * as Comlink from 'comlink';
import { holdAlive } from '../src/engine/alive.ts';
import { connectEngine } from '../src/engine/client.ts';
import { installErrorTransfer } from '../src/engine/comlink-errors.ts';
import { receivingOnce } from '../src/project/lists-once.ts';
import { Studio } from '../src/project/studio.ts';
import { answerPolicy } from '../src/ui/boot/policy-check.ts';

/** The studio worker: `start` with a port to the engine answers with a port on which the whole `StudioApi` is served. */
answerPolicy();
installErrorTransfer();
void holdAlive(self.name);
Comlink.expose({
  async start(enginePort: MessagePort): Promise<MessagePort> {
    const engine = connectEngine(enginePort);
    await engine.ready();
    const studio = new Studio(engine, () => engine.restart());
    engine.onRestart(() => void studio.recover());
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(receivingOnce(studio), port1);
    return Comlink.transfer(port2, [port2]);
  },
});
