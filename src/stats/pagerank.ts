/**
 * PageRank (Page, Brin, Motwani & Winograd 1999) of a directed graph: `links[i]` holds the distinct places node i points to. Damping 0.85; nodes
 * without links spread evenly; iterated until the L1 change is under 1e-12. Ranks sum to 1; empty for an empty graph.
 */
export function pagerank(links: readonly (readonly number[])[], damping = 0.85, tolerance = 1e-12): Float64Array {
  const n = links.length;
  let rank = new Float64Array(n).fill(1 / n);
  for (let round = 0; round < 1000; round++) {
    const next = new Float64Array(n);
    let dangling = 0;
    for (let i = 0; i < n; i++) {
      const out = links[i]!;
      if (out.length === 0) dangling += rank[i]!;
      else for (const j of out) next[j]! += rank[i]! / out.length;
    }
    const even = (1 - damping + damping * dangling) / n;
    let change = 0;
    for (let i = 0; i < n; i++) {
      next[i] = even + damping * next[i]!;
      change += Math.abs(next[i]! - rank[i]!);
    }
    rank = next;
    if (change < tolerance) break;
  }
  return rank;
}
