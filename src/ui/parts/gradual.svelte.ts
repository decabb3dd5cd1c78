/**
 * How many rows of a long list stand on the page: `step` at once and as many more in every frame, so that no task of the page's thread
 * draws all of them. Called while a component is made.
 */
export function gradual(total: () => number, step: number): { readonly shown: number } {
  let shown = $state(step);
  $effect(() => {
    if (shown >= total()) return;
    const frame = requestAnimationFrame(() => (shown += step));
    return () => cancelAnimationFrame(frame);
  });
  return {
    get shown() {
      return shown;
    },
  };
}
