/** The app's boot, engine worker and lock with nothing else, and the engine's SQL within reach of the egress tester, which the app never gives. */
import { whenDead } from '../../../src/engine/alive.ts';
import { connectEngine } from '../../../src/engine/client.ts';
import { admit, boot } from '../../../src/ui/boot/boot.ts';

declare global {
  var runSql: (sql: string) => Promise<void>;
}

const report = await boot();
if (report.state === 'open') {
  const name = 'engine-page';
  const worker = new Worker(new URL('../../../workers/engine.ts', import.meta.url), { type: 'module', name });
  const engine = connectEngine(worker);
  await engine.ready();
  void whenDead(name);
  globalThis.runSql = (sql) => engine.exec(sql);
  await admit(report, [{ name: 'Engine', worker }]);
}
