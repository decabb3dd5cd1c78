import type { Plugin } from 'vite';
import { MARK } from '../src/ui/shell/mark.ts';
import { hashOf, PLACES } from '../src/ui/state/route.ts';
import { en } from '../src/ui/words/en.ts';

const EMPTY = '<div id="app"></div>';

/** The bar on top with the name and the six places, as it will stand: seen and of use before any script has run. */
export function standingShell(): string {
  const tiles = MARK.map((c, i) => `<rect x="${(i % 3) * 7}" y="${Math.floor(i / 3) * 7}" width="6" height="6" rx="1" fill="var(--${c})" />`);
  const mark = `<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${tiles.join('')}</svg>`;
  const places = PLACES.map((place) => `<a href="${hashOf({ place })}">${en.places[place]}</a>`);
  return `<header class="standing"><b>${mark}${en.app.name}</b><nav aria-label="${en.places.label}">${places.join('')}</nav></header>`;
}

/** Puts the standing shell into the page's `#app`, where the app takes its place. */
export function shellInPage(): Plugin {
  return {
    name: 'tessera-standing-shell',
    transformIndexHtml: (html) => html.replace(EMPTY, EMPTY.replace('><', `>${standingShell()}<`)),
  };
}
