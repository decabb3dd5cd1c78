type Weights = Map<number, number>;

/**
 * Louvain communities (Blondel et al. 2008) of an undirected graph: `links[i]` holds the distinct neighbours of node i, each edge in both lists,
 * weight 1, no loops; resolution 1. Nodes by ascending place move to the neighbouring community of largest gain if that exceeds 1e-12 (ties:
 * the community with the smallest member) until none moves; then communities become nodes. Answers per node the smallest member of its community.
 */
export function louvain(links: readonly (readonly number[])[]): Int32Array {
  const n = links.length;
  let graph: Weights[] = links.map((out) => new Map(out.map((j) => [j, 1])));
  /** Smallest original member of each node of the current level (ascending), and the level's node of each original node. */
  let names = Array.from({ length: n }, (_, i) => i);
  let node = Int32Array.from(names);
  for (;;) {
    const { of, moved } = oneLevel(graph, names);
    if (!moved) return Int32Array.from(node, (x) => names[x]!);
    // Names ascend with the nodes, so the first node met of a community holds its smallest member.
    const place = new Map<number, number>();
    const nextNames: number[] = [];
    of.forEach((c, i) => {
      if (!place.has(c)) place.set(c, nextNames.push(names[i]!) - 1);
    });
    const next: Weights[] = nextNames.map(() => new Map());
    graph.forEach((out, i) => {
      const weights = next[place.get(of[i]!)!]!;
      for (const [j, w] of out) {
        const b = place.get(of[j]!)!;
        weights.set(b, (weights.get(b) ?? 0) + w);
      }
    });
    node = node.map((x) => place.get(of[x]!)!);
    graph = next;
    names = nextNames;
  }
}

/** Local moves on one level. A loop's weight is counted from both ends, as merged edges are. */
function oneLevel(graph: Weights[], names: number[]): { of: Int32Array; moved: boolean } {
  const n = graph.length;
  const degree = graph.map((out) => [...out.values()].reduce((s, w) => s + w, 0));
  const total = degree.reduce((s, w) => s + w, 0);
  const of = Int32Array.from({ length: n }, (_, i) => i);
  const sum = Float64Array.from(degree);
  const members = names.map((name) => new Set([name]));
  const least = Float64Array.from(names);
  let moved = false;
  if (total === 0) return { of, moved };
  for (let again = true; again;) {
    again = false;
    for (let i = 0; i < n; i++) {
      const own = of[i]!;
      const near: Weights = new Map();
      for (const [j, w] of graph[i]!) if (j !== i) near.set(of[j]!, (near.get(of[j]!) ?? 0) + w);
      // Gain of joining c over standing alone; leaving the own community first.
      const gain = (c: number) => (near.get(c) ?? 0) / (total / 2) - (2 * (sum[c]! - (c === own ? degree[i]! : 0)) * degree[i]!) / (total * total);
      const here = gain(own);
      let best = own;
      let top = here + 1e-12;
      for (const c of near.keys()) {
        if (c === own) continue;
        const g = gain(c);
        if (g > top || (best !== own && g === top && least[c]! < least[best]!)) {
          best = c;
          top = g;
        }
      }
      if (best === own) continue;
      sum[own]! -= degree[i]!;
      sum[best]! += degree[i]!;
      members[own]!.delete(names[i]!);
      members[best]!.add(names[i]!);
      if (least[own] === names[i]) least[own] = members[own]!.size ? [...members[own]!].reduce((a, b) => Math.min(a, b)) : Infinity;
      least[best] = Math.min(least[best]!, names[i]!);
      of[i] = best;
      moved = again = true;
    }
  }
  return { of, moved };
}
