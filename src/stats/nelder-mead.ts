/**
 * Least value of a function near a start, without derivatives (Nelder and Mead 1965, the usual factors 1, 2, ½, ½). `step` is the size of the first
 * simplex. Deterministic; stops after `rounds` or when the simplex is flat to 1e-12 relative.
 */
export function nelderMead(f: (x: number[]) => number, start: readonly number[], step: number, rounds = 2000): { x: number[]; value: number } {
  let simplex = [start, ...start.map((_, i) => start.map((v, j) => (i === j ? v + step : v)))].map((x) => ({ x: [...x], value: f([...x]) }));
  const n = start.length;
  for (let round = 0; round < rounds; round++) {
    simplex = simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    if (Math.abs(worst.value - best.value) <= 1e-12 * (Math.abs(best.value) + 1e-12)) break;
    const centre = start.map((_, i) => simplex.slice(0, n).reduce((s, p) => s + p.x[i]!, 0) / n);
    const at = (t: number): { x: number[]; value: number } => {
      const x = centre.map((c, i) => c + t * (worst.x[i]! - c));
      return { x, value: f(x) };
    };
    const mirrored = at(-1);
    if (mirrored.value < best.value) {
      const far = at(-2);
      simplex[n] = far.value < mirrored.value ? far : mirrored;
    } else if (mirrored.value < simplex[n - 1]!.value) {
      simplex[n] = mirrored;
    } else {
      const near = at(mirrored.value < worst.value ? -0.5 : 0.5);
      if (near.value < Math.min(worst.value, mirrored.value)) simplex[n] = near;
      else
        simplex = simplex.map((p, i) => {
          if (i === 0) return p;
          const x = p.x.map((v, j) => (v + best.x[j]!) / 2);
          return { x, value: f(x) };
        });
    }
  }
  return simplex.reduce((a, b) => (b.value < a.value ? b : a));
}
