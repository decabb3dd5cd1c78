import * as Comlink from 'comlink';
import { holdAlive } from '../src/engine/alive.ts';
import { installErrorTransfer } from '../src/engine/comlink-errors.ts';
import { Keeper } from '../src/project/keeper.ts';
import { receivingOnce } from '../src/project/lists-once.ts';
import { OpfsDisk } from '../src/project/opfs-disk.ts';
import { answerPolicy } from '../src/ui/boot/policy-check.ts';

/** The files worker: keeps projects in the browser's private file system. */
answerPolicy();
installErrorTransfer();
void holdAlive(self.name);
Comlink.expose(receivingOnce(new Keeper(new OpfsDisk())));
