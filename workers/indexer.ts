import * as Comlink from 'comlink';
import { holdAlive } from '../src/engine/alive.ts';
import { connectEngine } from '../src/engine/client.ts';
import { installErrorTransfer } from '../src/engine/comlink-errors.ts';
import { Indexer } from '../src/project/indexer.ts';
import { receivingOnce } from '../src/project/lists-once.ts';
import { answerPolicy } from '../src/ui/boot/policy-check.ts';

/** The index worker: `start` with a port to the engine answers with a port on which the `Indexer` is served. */
answerPolicy();
installErrorTransfer();
void holdAlive(self.name);
Comlink.expose({
  async start(enginePort: MessagePort): Promise<MessagePort> {
    const engine = connectEngine(enginePort);
    await engine.ready();
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(receivingOnce(new Indexer(engine)), port1);
    return Comlink.transfer(port2, [port2]);
  },
});
