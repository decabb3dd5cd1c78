import type { Engine, QueryOptions } from '../engine/engine.ts';

/**
 * Last touch on products: `cat` is the first level of the category path; where the files give no price it is the median paid price of identified
 * purchase lines (of all lines where no user exists). Definitions, section 2: flat exports.
 */
export async function finishProducts(
  engine: Engine,
  has: { category: boolean; price: boolean; events: boolean; users: boolean },
  opts?: QueryOptions,
): Promise<void> {
  const paid = !has.price && has.events;
  if (!has.category && !paid) return;
  const cat = has.category ? ", nullif(split_part(g.category, '/', 1), '') AS cat" : '';
  const price = paid
    ? `LEFT JOIN (SELECT p, median(amount / quantity) AS price FROM z.n_events WHERE event = 'purchase' AND amount IS NOT NULL AND quantity > 0 AND p IS NOT NULL${has.users ? ' AND u IS NOT NULL' : ''} GROUP BY p) m ON m.p = g.p`
    : '';
  await engine.exec(
    `CREATE OR REPLACE TABLE z.n_products_2 AS SELECT g.*${cat}${paid ? ', m.price' : ''} FROM z.n_products g ${price} ORDER BY g.p`,
    opts,
  );
  await engine.exec('DROP TABLE z.n_products; ALTER TABLE z.n_products_2 RENAME TO n_products', opts);
}
