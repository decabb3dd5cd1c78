import { mount } from 'svelte';
import { isCancelled } from './core/errors.ts';
import './ui/app.css';
import App from './ui/App.svelte';
import { admit, boot } from './ui/boot/boot.ts';
import { keepForOffline } from './ui/boot/offline.ts';
import { AppState } from './ui/state/app.svelte.ts';
import { startWorkers } from './ui/state/connect.ts';
import { shell } from './ui/state/shell.svelte.ts';

// A call that was stopped because nobody wants its answer any more is no error.
addEventListener('unhandledrejection', (e) => {
  if (isCancelled(e.reason)) e.preventDefault();
});

// The shell stands before the engine does, but not where boot reloads the page. Workers start only once the page is under its policy, and
// files are accepted only after they were tested too.
const app = new AppState();
let drawn = false;
function draw(): void {
  if (drawn) return;
  drawn = true;
  const target = document.getElementById('app')!;
  target.replaceChildren(); // the standing shell
  mount(App, { target, props: { app } });
}
async function start(): Promise<void> {
  const report = await boot(draw);
  shell.boot = report;
  draw();
  if (report.state === 'open') {
    const started = startWorkers();
    const admitted = await admit(report, started.workers);
    shell.boot = admitted;
    if (admitted.state === 'open') {
      app.connection = await started.connection;
      void keepForOffline(() => app.atRest());
    }
  }
}
// Not awaited here: every module that is loaded later stands on this file, and would wait for the engine with it.
void start();
