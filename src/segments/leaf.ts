import type { Did, Rule, Scalar, Span } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';
import { familyOf } from './operators.ts';
import { isDateText, SPAN_UNITS } from './span.ts';
import { OPERANDS, type Op, type Operand, type OperandKind } from './test.ts';

/** A first line for a tag: its commonest value, its median, the last 30 days. */
export function defaultLeaf(tag: TagInfo): Rule {
  const first = tag.values[0]?.value;
  switch (familyOf(tag.type)) {
    case 'text':
      return first === undefined ? { tag: tag.id, known: true } : { tag: tag.id, is: first };
    case 'boolean':
      return { tag: tag.id, is: true };
    case 'set':
      return first === undefined ? { tag: tag.id, known: true } : { tag: tag.id, has: first };
    case 'date':
      return { tag: tag.id, last: [30, 'day'] };
    case 'number':
      return { tag: tag.id, gte: roundFor(tag.figures?.median ?? 1, tag.type) };
    default:
      return { tag: tag.id, known: true };
  }
}
const roundFor = (x: number, type: TagInfo['type']): number => (type === 'int' ? Math.round(x) : +x.toPrecision(3));

/** A first line for an event: at least once in the last 30 days. */
export const defaultDid = (event: string): Rule => ({ did: { event, within: { last: [30, 'day'] } } satisfies Did });

/** The rule of exactly the members that a profile counts under this value: a value, a band's ends, a month; `null` for unknown. Null if the value is not one of the tag's. */
export function ruleForValue(tag: TagInfo, value: string | null): Rule | null {
  if (value === null) return { tag: tag.id, known: false };
  if (tag.bands) {
    const i = tag.bands.labels.indexOf(value);
    if (i < 0) return null;
    const [lo, hi] = [tag.bands.edges[i - 1], tag.bands.edges[i]];
    const from = lo === undefined ? [] : [tag.bands.leftClosed ? { tag: tag.id, gte: lo } : { tag: tag.id, gt: lo }];
    const to = hi === undefined ? [] : [tag.bands.leftClosed ? { tag: tag.id, lt: hi } : { tag: tag.id, lte: hi }];
    const ends: Rule[] = [...from, ...to];
    return ends.length === 1 ? ends[0]! : ends.length ? { all: ends } : { tag: tag.id, known: true };
  }
  switch (familyOf(tag.type)) {
    case 'text':
      return { tag: tag.id, is: value };
    case 'boolean':
      return { tag: tag.id, is: value === 'true' };
    case 'set':
      return { tag: tag.id, has: value };
    case 'date':
      return monthRule(tag.id, value);
    default:
      return Number.isFinite(Number(value)) && value.trim() !== '' ? { tag: tag.id, eq: Number(value) } : null;
  }
}
function monthRule(tag: string, value: string): Rule | null {
  const m = /^(\d{4})(?:-(\d\d))?$/.exec(value);
  if (!m) return null;
  const year = Number(m[1]);
  const month = m[2] === undefined ? null : Number(m[2]);
  const text = (y: number, mo: number): string => `${String(y).padStart(4, '0')}-${String(mo).padStart(2, '0')}-01`;
  const [from, to] =
    month === null ? [text(year, 1), text(year + 1, 1)] : [text(year, month), month === 12 ? text(year + 1, 1) : text(year, month + 1)];
  return {
    all: [
      { tag, after: from },
      { tag, before: to },
    ],
  };
}

/** The same tag with another operator; the operand is kept where it fits, else a first one is given. */
export function withOperator(rule: Extract<Rule, { tag: string }>, op: Op, tag: TagInfo): Rule {
  const [oldOp, old] = Object.entries(rule).find(([k]) => k !== 'tag') ?? [];
  const value = operandFor(OPERANDS[op], old as Operand | undefined, tag, oldOp === op);
  return { tag: rule.tag, [op]: value } as unknown as Rule;
}

function operandFor(kind: OperandKind, old: Operand | undefined, tag: TagInfo, same: boolean): Operand {
  if (same && old !== undefined) return old;
  const one = Array.isArray(old) ? old[0] : old;
  const number = typeof one === 'number' ? one : null;
  const median = roundFor(tag.figures?.median ?? 1, tag.type);
  switch (kind) {
    case 'flag':
      return true;
    case 'value':
      return typeof one === 'boolean' || familyOf(tag.type) === 'boolean' ? one === true : String(one ?? tag.values[0]?.value ?? '');
    case 'values':
      return Array.isArray(old) ? old.map(String) : old === undefined || typeof old === 'boolean' ? [] : [String(old)];
    case 'text':
      return typeof one === 'string' ? one : '';
    case 'number':
      return number ?? median;
    case 'range':
      return [number ?? median, Math.max(number ?? median, roundFor(tag.figures?.q3 ?? median, tag.type))];
    case 'count':
      return 100;
    case 'percent':
      return 20;
    case 'date':
      return typeof one === 'string' && isDateText(one) ? one : tag.values[0]?.value.length === 7 ? `${tag.values[0].value}-01` : '2024-01-01';
    case 'span':
      return [30, 'day'];
  }
}

/** What a field shows for an operand, and back: null where the text says none. Numbers take a decimal point or comma and digit groups by space. */
export function formatOperand(kind: OperandKind, value: Operand): string {
  if (kind === 'span') return `${(value as Span)[0]} ${(value as Span)[1]}`;
  if (Array.isArray(value)) return value.map(String).join(kind === 'range' ? ' – ' : ', ');
  return String(value);
}

export function parseOperand(kind: OperandKind, text: string): Operand | null {
  const t = text.trim();
  switch (kind) {
    case 'flag':
      return t === 'true' || t === 'yes' ? true : t === 'false' || t === 'no' ? false : null;
    case 'value':
    case 'text':
      return t === '' ? null : t;
    case 'values': {
      const values: Scalar[] = t
        .split(/[,\n]/)
        .map((v) => v.trim())
        .filter((v) => v !== '');
      return values.length ? (values as string[]) : null;
    }
    case 'number':
      return parseNumber(t);
    case 'count': {
      const n = parseNumber(t);
      return n !== null && Number.isInteger(n) && n >= 1 ? n : null;
    }
    case 'percent': {
      const n = parseNumber(t.replace(/\s*%$/, ''));
      return n !== null && n > 0 && n <= 100 ? n : null;
    }
    case 'range': {
      const [lo, hi, more] = t.split(/\s*(?:–|\.\.|\bto\b|\band\b|\s-\s)\s*/).map(parseNumber);
      return more === undefined && lo !== null && hi !== null && lo !== undefined && hi !== undefined && lo <= hi ? [lo, hi] : null;
    }
    case 'date':
      return isDateText(t) ? t : null;
    case 'span': {
      const m = /^(\d+)\s*(hour|day|week|month|year)s?$/.exec(t);
      const unit = SPAN_UNITS.find((u) => u === m?.[2]);
      return m && unit && Number(m[1]) >= 1 ? [Number(m[1]), unit] : null;
    }
  }
}

function parseNumber(text: string): number | null {
  const t = text.replace(/[\s\u00a0\u202f]/g, '').replace('−', '-');
  const plain = /^-?\d+,\d+$/.test(t) && !/^-?\d{1,3},\d{3}$/.test(t) ? t.replace(',', '.') : t.replace(/,(?=\d{3}(\D|$))/g, '');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}
