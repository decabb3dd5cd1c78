import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Files for the measurements: a flat event export as a shop would give it, the same rows as CSV and as Parquet. */
export interface Generated {
  rows: number;
  users: number;
  csv: string;
  parquet: string;
}

const SELECT = (rows: number): string => {
  const users = Math.round(rows / 10);
  // hash() of a pinned DuckDB is as good as any seeded generator here; h, g and f are independent enough.
  return `WITH r AS (SELECT i, hash(i) AS h, hash(i * 7 + 1) AS g, hash(i * 13 + 5) AS f FROM range(${rows}) t(i)),
  e AS (SELECT i, h, g, f, floor(${users} * pow((h % 1000003) / 1000003, 1.7))::BIGINT AS u, floor(20000 * pow((g % 999983) / 999983, 2))::BIGINT AS p,
    CASE WHEN f % 100 < 62 THEN 'view' WHEN f % 100 < 80 THEN 'cart' WHEN f % 100 < 84 THEN 'search' WHEN f % 100 < 99 THEN 'purchase' ELSE 'refund' END AS event FROM r)
  SELECT TIMESTAMP '2025-07-01' + INTERVAL 1 SECOND * (i * 36000000 // ${rows}) AS "at", printf('U%07d', u) AS user_id, event, CASE WHEN event <> 'search' THEN printf('P%05d', p) END AS product_id,
    CASE WHEN event <> 'search' THEN ['Fashion/Dresses','Fashion/Shoes','Beauty/Skin care','Electronics/Phones','Home/Kitchen','Grocery/Coffee','Sports/Running','Kids/Toys'][1 + p % 8] END AS category,
    CASE WHEN event <> 'search' THEN 'Brand ' || (p % 97) END AS brand,
    CASE WHEN event IN ('cart', 'purchase', 'refund') THEN 1 + (g % 3)::INT END AS quantity,
    CASE WHEN event IN ('purchase', 'refund') THEN ((1 + (g % 3)) * (199 + (p * 7919) % 19800) / 100)::DECIMAL(10, 2) END AS amount,
    CASE WHEN event = 'purchase' AND f % 5 = 0 THEN ((p % 900) / 100)::DECIMAL(10, 2) END AS discount,
    CASE WHEN event IN ('purchase', 'refund') THEN printf('O%08d', i) END AS order_id, printf('S%08d', i // 4) AS session_id,
    ['mobile','desktop','tablet'][1 + (u * 31 % 10 > 6)::INT + (u * 17 % 10 > 8)::INT] AS device, ['direct','search','ads','social','email'][1 + (h % 5)::INT] AS channel FROM e ORDER BY i`;
};

/** Writes the files once; later runs use those that are there. */
export async function generate(folder: string, rows: number): Promise<Generated> {
  await mkdir(folder, { recursive: true });
  const out: Generated = {
    rows,
    users: Math.round(rows / 10),
    csv: join(folder, `events-${rows}.csv`),
    parquet: join(folder, `events-${rows}.parquet`),
  };
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const copy = async (to: string, options: string): Promise<void> => {
    if (existsSync(to)) return;
    await db.run(`COPY (${SELECT(rows)}) TO '${`${to}.part`.replaceAll("'", "''")}' (${options})`);
    await rename(`${to}.part`, to);
  };
  await copy(out.csv, 'FORMAT csv, HEADER');
  await copy(out.parquet, 'FORMAT parquet, COMPRESSION snappy');
  db.closeSync();
  return out;
}
