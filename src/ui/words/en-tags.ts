import type { Dimension } from '../../core/tag.ts';
import { count } from './plural.ts';

/** Strings of the Tags place. */
export const tagWords = {
  headline: (users: number, products: number, seconds: string): string => `${count(users, 'user tag')}${products ? ` and ${count(products, 'product tag')}` : ''}, made in ${seconds}`,
  lead: (files: string, asOf: string): string => `From ${files}, as of ${asOf}. Each says for how many it is known, and how it was made.`,
  find: 'Find a tag', noneFound: (q: string) => `No tag is called “${q}”`, noneFoundText: 'Try a word of its description, such as spend, device or category.',
  users: 'Users', products: 'Products', all: 'All tags',
  dimensions: {
    demographic: 'Demographic', activity: 'Device and activity', 'purchasing power': 'Purchasing power', interests: 'Interests', 'consumption needs': 'Consumption needs', social: 'Social',
    product: 'What it is', sales: 'Sales and lifecycle', price: 'Price and margin',
  } satisfies Record<Dimension, string>,
  kind: 'Kind', kinds: { static: 'Static, fixed', dynamic: 'Dynamic, follows behaviour', derived: 'Derived from other tags', model: 'Model, estimated' },
  waiting: (n: number) => `${count(n, 'tag')} ${n === 1 ? 'waits' : 'wait'} for a column`, waitingTitle: 'Needs more data', waitingLead: 'Map a column or add a file, and these appear.', map: 'Go to the mapping',
  of: (n: number) => `${n}`, known: (p: string) => `${p}`, coverage: (n: string, of: string) => `${n} of ${of}`,
  knownFor: 'Known for', middleHalf: 'Middle half', commonest: 'Commonest', distinct: 'Different values', median: (v: string) => `median ${v}`, mean: (v: string) => `mean ${v}`,
  freshness: 'Newest row used', freshDays: (d: string) => `${d} days ago, median`, staticTag: 'does not age',
  nobody: 'Known for nobody', distribution: (title: string) => `${title}: how it is spread`, distributionUsers: 'Users by value', distributionProducts: 'Products by value', bands: 'Bands', bandsNote: 'lower end left out, upper end counted in',
  needs: 'Needs', nullRule: 'Unknown when', sql: 'SQL', copy: 'Copy', version: (v: string) => `version ${v}`, use: 'Use in a segment', close: 'Close', export: 'Export all tags',
  exportTitle: 'Export the tag tables', which: 'Which', format: 'As', guard: 'Guard against formulas', guardNote: 'Text that starts like a spreadsheet formula gets an apostrophe in front.', save: 'Save', csv: 'CSV', parquet: 'Parquet',
  more: (n: number) => `${n} more values`, moreTiles: (n: number) => `${n} more`,
  bandTitle: (share: string, label: string) => `${share} are “${label}”`,
  flat: 'Spread evenly over its values', spreadNumber: (lo: string, hi: string) => `Half of them lie between ${lo} and ${hi}`,
  making: 'Making tags',
} as const;
