import { columns, type Analysis, type ResultTable } from '../core/analysis.ts';
import { choice, number } from '../core/param-kinds.ts';
import { RATE_COLUMNS, rateCells } from './rate.ts';
import { retentionPeople } from './retention-people.ts';
import { otherClocks, underClock } from './retention-range.ts';
import { shapeRetention } from './retention-shape.ts';
import { bracketsOf, retentionRowsSql, retentionSql } from './retention-sql.ts';
import type { RetentionAnswer, RetentionParams } from './retention-types.ts';

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
    choice('entry', 'Enter', [
      ['first', 'once, at the first'],
      ['recurring', 'in every period with it'],
    ]),
    choice('count', 'Count as back', [
      ['on', 'in that period'],
      ['after', 'in it or later'],
    ]),
    choice('clock', 'Clock', [
      ['calendar', 'calendar'],
      ['rolling', 'days from the first day'],
      ['rolling-24h', 'hours from the first moment'],
    ]),
    choice('period', 'Cohorts by', [
      ['month', 'month'],
      ['week', 'week'],
      ['day', 'day'],
    ]),
    number('days', 'Days in a rolling period', 30, 1, 366, { whole: true, unit: 'days' }),
    number('periods', 'Periods shown', 12, 1, 60, { whole: true }),
    {
      kind: 'text',
      id: 'brackets',
      title: 'Brackets',
      default: '',
      pattern: '(\\s*\\d{1,3}\\s*-\\s*\\d{1,3}\\s*,?)*',
      example: '1-3, 4-6',
      help: 'Active at least once in these periods.',
    },
    choice('reference', 'Out of', [
      ['entry', 'all who entered'],
      ['previous', 'those of the period before'],
    ]),
    choice('mean', 'Mean of cohorts', [
      ['weighted', 'by people'],
      ['simple', 'each cohort once'],
    ]),
    { kind: 'tag', id: 'breakdown', title: 'A curve per value of', default: '' },
    choice(
      'leftCut',
      'First period of the file',
      [
        ['mark', 'marked'],
        ['exclude', 'left out'],
      ],
      'Its people may be older than the file.',
    ),
    choice(
      'range',
      'Every way to count',
      [
        ['compared', 'where two are compared'],
        ['always', 'always'],
      ],
      'The same period by both counts and all clocks.',
    ),
  ],
  formulas: [
    { id: 'calendar', text: 'N = index of the return’s period − index of the entry’s period', source: 'cohort table, Fader & Hardie 2007' },
    { id: 'rolling', text: 'N = ⌊(day − first day) / D⌋; on the 24-hour clock ⌊(t − first t) / (D · 24 h)⌋', source: 'definitions, retention' },
    { id: 'eligible', text: 'eligible at N: the entry’s period N has fully ended by as-of', source: 'definitions, retention' },
    { id: 'cell', text: 'rate = returned / eligible; weighted mean = Σ returned / Σ eligible over full cells', source: 'definitions, retention' },
    { id: 'wilson', text: '95 % interval of a share', source: 'Wilson 1927' },
    {
      id: 'range',
      text: 'the same share by both counts and every clock; a difference that any of them turns round is called fragile',
      source: 'definitions, R12',
    },
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
        // R12: the same under the other clocks, with the brackets and curves that nobody asks of them left out.
        ...Object.fromEntries(
          otherClocks(p, ctx.facts, ctx.here !== null && ctx.base !== null).map((clock) => [
            `clock ${clock}`,
            retentionSql({ ...underClock(p, clock), brackets: '', breakdown: '' }, ctx),
          ]),
        ),
      }),
    },
  ],
  shape: shapeRetention,
  tables: retentionTables,
  people: retentionPeople,
};

function retentionTables(a: RetentionAnswer): ResultTable[] {
  const curves = [a.curve, ...(a.base ? [a.base] : []), ...a.groups];
  const ranges = a.range ? a.range.cells : [];
  const all: ResultTable[] = [
    {
      id: 'cohorts',
      kind: 'matrix',
      title: 'Cohorts',
      columns: [
        ...columns('cohort Cohort; n:int Period'),
        ...RATE_COLUMNS,
        ...columns('partial:boolean Still running; weak:boolean Under 30 people; left_cut:boolean May be older than the file'),
      ],
      rows: a.cohorts.flatMap((c) => c.cells.map((x) => [c.label, x.n, ...rateCells(x), x.partial, c.weak, c.leftCut])),
    },
    {
      id: 'curve',
      kind: 'curve',
      title: 'Curves',
      columns: [...columns('group Group; n:int Period'), ...RATE_COLUMNS],
      rows: curves.flatMap((c) => c.points.map((x) => [c.name, x.n, ...rateCells(x)])),
    },
    {
      id: 'brackets',
      kind: 'table',
      title: 'Brackets',
      columns: [...columns('from:int From period; to:int To'), ...RATE_COLUMNS],
      rows: a.brackets.map((b) => [b.from, b.to, ...rateCells(b)]),
    },
    {
      id: 'range',
      kind: 'matrix',
      title: 'Every way to count',
      columns: [...columns('clock Clock; count Count; n:int Period'), ...RATE_COLUMNS, ...columns('difference:number Difference')],
      rows: ranges.map((c) => [c.clock, c.count, a.range!.n, ...rateCells(c.here), c.difference]),
    },
  ];
  return all.filter((t) => t.rows.length > 0 || t.id === 'cohorts');
}
