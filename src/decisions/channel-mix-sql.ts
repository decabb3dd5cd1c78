import { column, type Frame } from '../core/frame.ts';
import type { Queries } from '../core/analysis.ts';
import type { DataFacts } from '../core/tables.ts';
import { ident, literal } from '../engine/sql.ts';
import { mixColumns } from './audience-mix.ts';
import type { ChannelMixParams } from './channel-mix-types.ts';

/** Days before as-of that the choice is examined on. */
export const TEST_DAYS = 28;
const SEGMENT = "coalesce(CAST(t.gender AS VARCHAR), 'unknown') AS g, coalesce(CAST(t.age_band AS VARCHAR), 'unknown') AS a";

const hasChannel = (facts: DataFacts): boolean => facts.tables.events?.columns.some((c) => c.name === 'channel') ?? false;
/** Whether a row came through the channel. */
const through = (channel: string, facts: DataFacts): string =>
  hasChannel(facts) && channel !== '' ? `coalesce(CAST(channel AS VARCHAR) = ${literal(channel)}, false)` : 'false';

/** Channels by users, and media with the mix of their audience. */
export function audienceQueries(p: ChannelMixParams, facts: DataFacts): Queries {
  const mixes = mixColumns(facts);
  const named = facts.tables.media?.columns.some((c) => c.name === 'name') ? 'coalesce(CAST(name AS VARCHAR), media_id)' : 'media_id';
  return {
    channels: hasChannel(facts)
      ? `SELECT CAST(channel AS VARCHAR) AS channel, count(DISTINCT u) AS users FROM ev0 WHERE act AND channel IS NOT NULL AND ts >= as_of() - INTERVAL ${p.window + TEST_DAYS} DAY GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100`
      : `SELECT '' AS channel, 0 AS users WHERE false`,
    ...(mixes.length
      ? {
          media: `SELECT ${named} AS medium, ${mixes.map((m) => `CAST(${ident(m)} AS DOUBLE) AS ${ident(m)}`).join(', ')} FROM media ORDER BY 1 LIMIT 500`,
        }
      : {}),
  };
}

/** The channel asked for; else one called a sale, else the one with most users; '' where no event says its channel. */
export function channelOf(p: ChannelMixParams, channels: Frame): string {
  const all = Array.from(column(channels, 'channel') as ArrayLike<string>);
  return p.channel !== '' ? p.channel : (all.find((c) => /flash|sale/i.test(c)) ?? all[0] ?? '');
}

/** Visits, buyers and what was bought, by segment, in the window that ends `ago` days before as-of. `name` prefixes the frames. */
export function demandQueries(name: string, p: ChannelMixParams, channel: string, ago: number, facts: DataFacts): Queries {
  const window = `ts >= as_of() - INTERVAL ${p.window + ago} DAY AND ts < as_of() - INTERVAL ${ago} DAY`;
  const sold = `SELECT u, p, sum(coalesce(quantity, 1)) AS units FROM ev0 WHERE buy AND p IS NOT NULL AND ${window} GROUP BY u, p`;
  return {
    [`${name}Audience`]: `SELECT ${SEGMENT}, count(*) AS shop, count(*) FILTER (v.here) AS channel, count(*) FILTER (v.buyer) AS buyers FROM
(SELECT u, bool_or(${through(channel, facts)}) AS here, bool_or(buy) AS buyer FROM ev0 WHERE act AND ${window} GROUP BY u) v JOIN user_tags t USING (u) GROUP BY g, a ORDER BY g, a`,
    [`${name}Sales`]: `SELECT ${SEGMENT}, s.p, count(*) AS buyers FROM (${sold}) s JOIN user_tags t USING (u) GROUP BY g, a, s.p ORDER BY s.p, g, a`,
    [`${name}Categories`]: `SELECT ${SEGMENT}, s.cat, count(DISTINCT s.u) AS buyers FROM (SELECT x.u, coalesce(CAST(b.cat AS VARCHAR), 'unknown') AS cat FROM (${sold}) x JOIN product_base b USING (p)) s JOIN user_tags t USING (u) GROUP BY g, a, s.cat ORDER BY s.cat, g, a`,
    [`${name}Products`]: `WITH w AS (SELECT p, floor(date_diff('day', ts::DATE, (as_of() - INTERVAL ${ago} DAY)::DATE) / 7) AS week, sum(coalesce(quantity, 1)) AS units FROM ev0 WHERE buy AND p IS NOT NULL AND ${window} GROUP BY 1, 2),
m AS (SELECT p, sum(units)::DOUBLE AS units, sum(units * units)::DOUBLE AS squares FROM w GROUP BY p)
SELECT m.p, i.product_id AS id, coalesce(CAST(b.name AS VARCHAR), i.product_id) AS name, coalesce(CAST(b.cat AS VARCHAR), 'unknown') AS cat, b.price, b.cost, b.stock, m.units, m.squares
FROM m JOIN product_base b USING (p) JOIN product_ids i USING (p) ORDER BY m.p`,
  };
}

/** What the channel's users bought there in the test days, and what was on offer. */
export function examQueries(channel: string, facts: DataFacts): Queries {
  const window = `ts >= as_of() - INTERVAL ${TEST_DAYS} DAY AND ts < as_of() AND ${through(channel, facts)} AND p IS NOT NULL`;
  return {
    testSales: `SELECT u, p, sum(coalesce(quantity, 1))::DOUBLE AS units FROM ev0 WHERE buy AND ${window} GROUP BY u, p ORDER BY u, p`,
    offered: `SELECT DISTINCT p FROM ev0 WHERE ${window} ORDER BY p`,
  };
}
