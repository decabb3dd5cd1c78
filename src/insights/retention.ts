import type { Analysis, ResultTable } from '../core/analysis.ts';
import { retentionPeople } from './retention-people.ts';
import { shapeRetention } from './retention-shape.ts';
import { bracketsOf, retentionRowsSql, retentionSql } from './retention-sql.ts';
import type { Rate, RetentionAnswer, RetentionParams } from './retention-types.ts';

/** Do they come back? Cohort analysis as in Fader & Hardie (2007). */
export const retention: Analysis<RetentionParams, RetentionAnswer> = {
  id: 'retention',
  room: 'insights',
  title: 'Do they come back?',
  answers: 'Of those who came in each month, how many are active again one, two, three months later.',
  needs: ['user', 'at'],
  params: [
    { kind: 'event', id: 'start', title: 'They enter by', default: 'auto', help: 'The event that brings someone into a cohort.' },
    { kind: 'event', id: 'return', title: 'They return by', default: 'same', help: 'The event that counts as coming back.' },
    {
      kind: 'choice',
      id: 'entry',
      title: 'Enter',
      default: 'first',
      options: [
        { value: 'first', label: 'once, at the first' },
        { value: 'recurring', label: 'in every period with it' },
      ],
    },
    {
      kind: 'choice',
      id: 'count',
      title: 'Count as back',
      default: 'on',
      options: [
        { value: 'on', label: 'in that period' },
        { value: 'after', label: 'in it or later' },
      ],
    },
    {
      kind: 'choice',
      id: 'clock',
      title: 'Clock',
      default: 'calendar',
      options: [
        { value: 'calendar', label: 'calendar' },
        { value: 'rolling', label: 'days from the first day' },
        { value: 'rolling-24h', label: 'hours from the first moment' },
      ],
    },
    {
      kind: 'choice',
      id: 'period',
      title: 'Cohorts by',
      default: 'month',
      options: [
        { value: 'day', label: 'day' },
        { value: 'week', label: 'week' },
        { value: 'month', label: 'month' },
      ],
    },
    { kind: 'number', id: 'days', title: 'Days in a rolling period', default: 30, min: 1, max: 366, whole: true, unit: 'days' },
    { kind: 'number', id: 'periods', title: 'Periods shown', default: 12, min: 1, max: 60, whole: true },
    {
      kind: 'text',
      id: 'brackets',
      title: 'Brackets',
      default: '',
      pattern: '(\\s*\\d{1,3}\\s*-\\s*\\d{1,3}\\s*,?)*',
      example: '1-3, 4-6',
      help: 'Active at least once in these periods.',
    },
    {
      kind: 'choice',
      id: 'reference',
      title: 'Out of',
      default: 'entry',
      options: [
        { value: 'entry', label: 'all who entered' },
        { value: 'previous', label: 'those of the period before' },
      ],
    },
    {
      kind: 'choice',
      id: 'mean',
      title: 'Mean of cohorts',
      default: 'weighted',
      options: [
        { value: 'weighted', label: 'by people' },
        { value: 'simple', label: 'each cohort once' },
      ],
    },
    { kind: 'tag', id: 'breakdown', title: 'A curve per value of', default: '' },
    {
      kind: 'choice',
      id: 'leftCut',
      title: 'First period of the file',
      default: 'mark',
      options: [
        { value: 'mark', label: 'marked' },
        { value: 'exclude', label: 'left out' },
      ],
      help: 'Its people may be older than the file.',
    },
  ],
  formulas: [
    { id: 'calendar', text: 'N = index of the return’s period − index of the entry’s period', source: 'cohort table, Fader & Hardie 2007' },
    { id: 'rolling', text: 'N = ⌊(day − first day) / D⌋; on the 24-hour clock ⌊(t − first t) / (D · 24 h)⌋', source: 'definitions, retention' },
    { id: 'eligible', text: 'eligible at N: the entry’s period N has fully ended by as-of', source: 'definitions, retention' },
    { id: 'cell', text: 'rate = returned / eligible; weighted mean = Σ returned / Σ eligible over full cells', source: 'definitions, retention' },
    { id: 'wilson', text: '95 % interval of a share', source: 'Wilson 1927' },
    { id: 'wald', text: 'difference of two shares, unpooled', source: 'Wald; definitions, R5' },
  ],
  check: (p) =>
    p.entry === 'recurring' && p.clock !== 'calendar'
      ? 'Entering in every period goes with the calendar clock only.'
      : bracketsOf(p.brackets).some(([a, b]) => a > b)
        ? 'A bracket runs from the smaller to the larger period.'
        : null,
  stages: [
    {
      sql: (p, ctx) => ({
        retention: retentionSql(p, ctx),
        rows: retentionRowsSql(p, ctx),
        // R12: the same difference under the other clock, where there is one to turn round.
        ...(ctx.here && ctx.base && p.entry === 'first'
          ? {
              otherClock: retentionSql(
                {
                  ...p,
                  clock: p.clock === 'calendar' ? 'rolling' : 'calendar',
                  days: { day: 1, week: 7, month: 30 }[p.period],
                  brackets: '',
                  breakdown: '',
                },
                ctx,
              ),
            }
          : {}),
      }),
    },
  ],
  shape: shapeRetention,
  tables: retentionTables,
  people: retentionPeople,
};

const numbers = (r: Rate): (number | boolean | null)[] =>
  r.hidden ? [null, null, null, null, null, true] : [r.returned, r.eligible, r.rate, r.lo, r.hi, false];
const RATE_COLUMNS = [
  { id: 'returned', title: 'Returned', type: 'int' },
  { id: 'eligible', title: 'Of', type: 'int' },
  { id: 'rate', title: 'Share', type: 'share' },
  { id: 'low', title: '95 % from', type: 'share' },
  { id: 'high', title: 'to', type: 'share' },
  { id: 'withheld', title: 'Withheld', type: 'boolean' },
] as const;

function retentionTables(a: RetentionAnswer): ResultTable[] {
  const curves = [a.curve, ...(a.base ? [a.base] : []), ...a.groups];
  return [
    {
      id: 'cohorts',
      kind: 'matrix',
      title: 'Cohorts',
      columns: [
        { id: 'cohort', title: 'Cohort', type: 'text' },
        { id: 'n', title: 'Period', type: 'int' },
        ...RATE_COLUMNS,
        { id: 'partial', title: 'Still running', type: 'boolean' },
        { id: 'weak', title: 'Under 30 people', type: 'boolean' },
        { id: 'left_cut', title: 'May be older than the file', type: 'boolean' },
      ],
      rows: a.cohorts.flatMap((c) => c.cells.map((x) => [c.label, x.n, ...numbers(x), x.partial, c.weak, c.leftCut])),
    },
    {
      id: 'curve',
      kind: 'curve',
      title: 'Curves',
      columns: [{ id: 'group', title: 'Group', type: 'text' }, { id: 'n', title: 'Period', type: 'int' }, ...RATE_COLUMNS],
      rows: curves.flatMap((c) => c.points.map((x) => [c.name, x.n, ...numbers(x)])),
    },
    ...(a.brackets.length
      ? [
          {
            id: 'brackets',
            kind: 'table' as const,
            title: 'Brackets',
            columns: [{ id: 'from', title: 'From period', type: 'int' as const }, { id: 'to', title: 'To', type: 'int' as const }, ...RATE_COLUMNS],
            rows: a.brackets.map((b) => [b.from, b.to, ...numbers(b)]),
          },
        ]
      : []),
  ];
}
