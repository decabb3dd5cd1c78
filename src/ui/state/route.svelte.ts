import { hashOf, parseRoute, type Route, type Target } from './route.ts';

class Current {
  value = $state.raw<Route>(parseRoute(location.hash));
  constructor() {
    addEventListener('hashchange', () => (this.value = parseRoute(location.hash)));
  }
}
let current: Current | undefined;

/** Where the page is; one for the whole tab. */
export const route = (): Current => (current ??= new Current());
export const hrefOf = hashOf;

/** Goes to a target; `replace` leaves no step for Back (a slider, a search). */
export function go(to: Target, replace = false): void {
  const hash = hashOf(to);
  if (replace) {
    history.replaceState(history.state, '', hash);
    route().value = parseRoute(hash);
  } else {
    location.hash = hash;
  }
}
