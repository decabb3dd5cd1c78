/**
 * Benjamini-Hochberg (1995): q-values in the order of the given p-values. A null p was not tested: null back, and not counted.
 */
export function benjaminiHochberg(p: (number | null)[]): (number | null)[] {
  const tested = p.flatMap((x, i) => (x === null ? [] : [{ x, i }])).sort((a, b) => a.x - b.x);
  const q: (number | null)[] = p.map(() => null);
  let least = 1;
  for (let r = tested.length; r >= 1; r--) {
    const { x, i } = tested[r - 1]!;
    least = Math.min(least, (x * tested.length) / r);
    q[i] = least;
  }
  return q;
}
