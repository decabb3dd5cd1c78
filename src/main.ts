import { admit, boot } from './ui/boot/boot.ts';

const report = await boot();
const { state, sentence, next } = await admit(report, []);
const heading = document.createElement('h1');
heading.textContent = state === 'open' ? 'Tessera' : `${sentence} ${next}`;
document.getElementById('app')?.append(heading);
