import { ident, literal } from '../engine/sql.ts';
import type { Cut, TagInfo, TagType } from '../core/tag.ts';

/** Numbers with bands: what profiles and pickers show of them are the band labels. */
export const isNumeric = (type: TagType): boolean => type === 'number' || type === 'int' || type === 'share' || type === 'money';

/** SQL giving the label of a number's band, null for null. `x` is any SQL expression. */
export function bandExpr(x: string, cut: Cut): string {
  const sign = cut.leftClosed ? '<' : '<=';
  const whens = cut.edges.map((edge, i) => `WHEN ${x} ${sign} ${literal(edge)} THEN ${literal(cut.labels[i]!)}`);
  return `CASE WHEN ${x} IS NULL THEN NULL ${whens.join(' ')} ELSE ${literal(cut.labels.at(-1)!)} END`;
}

/** Number of the band of a number, from 0: cheaper to group by than its label. */
export const bandCode = (x: string, { edges, leftClosed }: Pick<Cut, 'edges' | 'leftClosed'>): string =>
  `CASE WHEN ${x} IS NULL THEN NULL ${edges.map((e, i) => `WHEN ${x} ${leftClosed ? '<' : '<='} ${literal(e)} THEN ${i}`).join(' ')} ELSE ${edges.length} END::UTINYINT`;

/**
 * SQL giving the value of a tag as text, as listed in `TagInfo.values`: the value itself, the band label of a number, the month (year, if the
 * catalogue lists years) of a date, 'true' or 'false', one row per member of a set (`unnest`: only as a column of a SELECT). Null where unknown
 * and for kinds without values (map, text). `alias` is the alias of user_tags or product_tags.
 */
export function tagValueExpr(tag: Pick<TagInfo, 'id' | 'type' | 'bands' | 'values'>, alias: string): string {
  const x = `${alias}.${ident(tag.id)}`;
  if (tag.bands) return bandExpr(x, tag.bands);
  switch (tag.type) {
    case 'date':
      return `strftime(${x}, ${tag.values.some((v) => v.value.length === 4) ? "'%Y'" : "'%Y-%m'"})`;
    case 'set':
      return `unnest(${x})`;
    case 'map':
    case 'text':
      return 'NULL::VARCHAR';
    default:
      return `${x}::VARCHAR`;
  }
}
