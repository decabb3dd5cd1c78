import { mount } from 'svelte';
import './ui/app.css';
import App from './ui/App.svelte';
import { boot } from './ui/boot/boot.ts';
import { AppState } from './ui/state/app.svelte.ts';
import { shell } from './ui/state/shell.svelte.ts';

// The shell stands before the engine does; boot may reload the page, so nothing is drawn before it has answered.
shell.boot = await boot();
const app = new AppState();
mount(App, { target: document.getElementById('app')!, props: { app } });
