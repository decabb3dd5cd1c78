import * as Comlink from 'comlink';
import { holdAlive } from '../src/engine/alive.ts';
import { installErrorTransfer } from '../src/engine/comlink-errors.ts';
import { EngineDoor } from '../src/engine/door.ts';
import { WasmHost } from '../src/engine/wasm-host.ts';
import { answerPolicy } from '../src/ui/boot/policy-check.ts';

/** The engine worker: start it with a unique `name`, reach it by `connectEngine(worker, whenDead(name))` once it is `ready()`. */
answerPolicy();
installErrorTransfer();
void holdAlive(self.name);
Comlink.expose(new EngineDoor(new WasmHost()));
