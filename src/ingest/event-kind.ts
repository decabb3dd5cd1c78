import type { Role } from '../core/roles.ts';
import type { FilePlan } from './plan.ts';
import { col } from './plan.ts';

/**
 * Names of the columns that `reading` needs from the row: q, price and given (amount as in the file, with its sign), amount (magnitude), invoice
 * (text), word (the event, already one of our kinds or the file's own word).
 */
export interface Reading {
  /** The row's price and number are of one product, so an amount of 0 is a gift. */
  productLines: boolean;
  /** Letters before the invoice number mean something: at least 95 % of them are digits. */
  letters: boolean;
  /** Every row is a line of a sale; else only those that the event's word says. */
  sales: boolean;
  has: { quantity: boolean; price: boolean; amount: boolean; invoice: boolean; event: boolean };
}

/** SQL for the kind of event of a row, by the first rule that matches (definitions, section 1: reading a sales line). `lit` writes a kind. */
export function kindSql(r: Reading, lit: (kind: string) => string): string {
  const { has } = r;
  const any = (...tests: (string | false)[]): string => tests.filter((t) => t !== false).join(' OR ') || 'false';
  const letters = r.letters && has.invoice;
  const adjustment = any(
    has.price && 'price < 0',
    has.price && has.quantity && '(q < 0 AND price = 0)',
    letters && "regexp_matches(invoice, '^[A-BD-Za-bd-z]')",
  );
  const refund = any(
    has.quantity && 'q < 0',
    has.amount && 'given < 0',
    letters && "regexp_full_match(invoice, '[Cc]\\d+')",
    has.event && `word = ${lit('refund')}`,
  );
  const free = r.productLines && (has.amount || has.price) ? `WHEN amount = 0 THEN ${lit('free')} ` : '';
  const sale = `CASE WHEN ${adjustment} THEN ${lit('adjustment')} WHEN ${refund} THEN ${lit('refund')} ${free}ELSE ${lit('purchase')} END`;
  if (r.sales) return sale;
  return has.event ? `CASE WHEN ${isSaleSql(lit)} THEN ${sale} ELSE coalesce(word, ${lit('other')}) END` : 'word';
}

/** SQL: the event's word says that the row is a line of a sale. */
export const isSaleSql = (lit: (kind: string) => string): string => `word IN (${lit('purchase')}, ${lit('refund')})`;

/** What of a sale's rules can apply to a file. */
export function readingOf(file: FilePlan, sales: boolean, letters: boolean): Reading {
  const has = (role: Role): boolean => col(file, role) !== undefined;
  const order = col(file, 'order_id');
  const onePerOrder = order !== undefined && order.facts.distinct >= 0.999 * order.facts.known;
  return {
    productLines: has('product_id') && !onePerOrder,
    letters,
    sales,
    has: { quantity: has('quantity'), price: has('price'), amount: has('amount'), invoice: has('order_id'), event: has('event') },
  };
}
