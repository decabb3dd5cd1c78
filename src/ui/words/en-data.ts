import type { Role } from '../../core/roles.ts';
import { capital, count, list, spell } from './plural.ts';

const tables = (n: number): string => (n === 1 ? 'one table' : `${spell(n)} tables`);

/** Strings of the Data place. */
export const dataWords = {
  headline: (files: number, made: number, looks: number): string => {
    const first = `${capital(files === 1 ? 'one file' : `${spell(files)} files`)} ${files === 1 ? 'makes' : 'make'} ${made === 0 ? 'no table yet' : tables(made)}`;
    if (looks === 0) return first;
    return `${first}; ${spell(looks)} ${looks === 1 ? 'thing wants' : 'things want'} a look`;
  },
  lead: (events: number, from: string, to: string, users: number): string =>
    events > 0 ? `${count(events, 'event')} from ${from} to ${to} of ${count(users, 'user')}. Change any mapping; nothing is read again.` : `${count(users, 'user')}, no events. Change any mapping; nothing is read again.`,
  files: 'Files', addFiles: 'Add files', makeTags: 'See the tags', dropMore: 'Drop more files here, next month’s too',
  rows: (n: number) => count(n, 'row'), rejectedChip: (n: number) => `${n.toLocaleString('en-GB')} rejected`,
  remove: (name: string) => `Take ${name} out`, removed: (name: string) => `Took out ${name}`, added: (names: string[]) => `Added ${list(names)}`,
  columns: 'Columns', rowsTab: 'Rows', line: 'Line',
  head: { column: 'Column', samples: 'Samples', becomes: 'Becomes', why: 'Why', sure: 'Sure' },
  dialect: (delimiter: string, encoding: string, header: number | null) => `${delimiters[delimiter] ?? `cut at “${delimiter}”`}, ${encodings[encoding.toLowerCase()] ?? encoding}, ${header === null ? 'no header' : `header in line ${header}`}`,
  parquet: 'Parquet, with the file’s own types',
  readAgain: 'Read differently', readAgainTitle: (name: string) => `How ${name} is read`, encoding: 'Encoding', delimiter: 'Cut at', header: 'First row is a header', apply: 'Read again',
  asAttribute: 'keep as attribute', asIgnored: 'leave out', becomes: (column: string) => `What ${column} becomes`,
  confidence: (n: number) => `confidence ${n} of 5`,
  ask: { dayfirst: 'Day first?', zone: 'Zone?', decimal: 'Decimal sign?' },
  askText: {
    dayfirst: 'No value decides whether the day or the month comes first.', dayFirst: 'Day first: 31/12', monthFirst: 'Month first: 12/31',
    decimal: 'No value decides whether a comma or a point is the decimal sign.', point: 'Point: 1.50', comma: 'Comma: 1,50',
    zone: 'The times carry no zone. They are read in the zone chosen here.',
  },
  changedRole: (column: string, role: string) => `${column} becomes ${role}`,
  changedOption: 'Changed how a column is read',
  tableChip: { users: 'users', products: 'products', events: 'events', edges: 'edges', media: 'media', outcomes: 'outcomes' },
  shape: (why: string) => why,
  joins: 'How the tables join', noJoins: 'One table: nothing to join.', noticed: 'What we noticed', nothingNoticed: 'Nothing odd: every row was read and every column understood.',
  rejected: 'Rejected rows', rejectedNote: (n: number, of: number, file: string) => `${n.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')} in ${file}; nothing else was lost`,
  download: (n: number) => `Download ${count(n, 'row')}`, rejectedHead: ['Line', 'Reason', 'Text'],
  accounts: (kept: number, rejected: number, doubled: number) => `${kept.toLocaleString('en-GB')} kept, ${rejected.toLocaleString('en-GB')} rejected, ${doubled.toLocaleString('en-GB')} doubled`,
  failed: 'These files were not opened', failedNote: 'What was loaded before is untouched.', dismiss: 'Dismiss',
  emptyTitle: 'Files become tables here', emptyText: 'Drop users, products, orders or events. One order export is enough to start.', emptyButton: 'Choose files',
  building: 'Making tables', pastedName: 'pasted.csv',
  previousRows: 'Rows before', nextRows: 'Rows after', firstRows: 'These are the first rows', lastRows: 'These are the last rows', yes: 'Yes', no: 'No',
  encodingName: (value: string): string => encodings[value] ?? value,
  delimiterName: (value: string): string => capital(delimiters[value] ?? value),
} as const;

const delimiters: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars', '::': 'double colons', ' ': 'spaces' };
const encodings: Record<string, string> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', gb18030: 'GB18030 (Chinese)', 'shift_jis': 'Shift-JIS (Japanese)', big5: 'Big5 (Chinese)', 'windows-1252': 'Windows-1252', 'iso-8859-1': 'Latin-1', 'euc-kr': 'EUC-KR (Korean)', 'windows-1251': 'Windows-1251 (Cyrillic)' };

/** Roles as people read them, grouped as in the picker. */
export const roleNames: Record<string, { title: string; group: string; hint: string }> = {
  user_id: { title: 'User', group: 'Ids', hint: 'whom a row is about' }, product_id: { title: 'Product', group: 'Ids', hint: 'what was seen or bought' }, order_id: { title: 'Order', group: 'Ids', hint: 'lines of one order share it' },
  session_id: { title: 'Session', group: 'Ids', hint: 'one visit' }, event_id: { title: 'Event id', group: 'Ids', hint: 'the same id is the same event' }, referrer_id: { title: 'Referrer', group: 'Ids', hint: 'the user who brought this one' },
  other_id: { title: 'Other user', group: 'Ids', hint: 'whom a follow, gift or referral goes to' }, media_id: { title: 'Media', group: 'Ids', hint: 'a place for advertising' },
  at: { title: 'Time of event', group: 'Event', hint: 'when it happened' }, event: { title: 'Event', group: 'Event', hint: 'view, cart, purchase, refund …' }, amount: { title: 'Amount', group: 'Event', hint: 'what was paid for the row' },
  quantity: { title: 'Quantity', group: 'Event', hint: 'pieces; below zero is a return' }, discount: { title: 'Discount', group: 'Event', hint: 'money off, or a share' }, price: { title: 'Price', group: 'Product', hint: 'of one piece' },
  rating: { title: 'Rating', group: 'Event', hint: '0 to 10' }, query: { title: 'Search text', group: 'Event', hint: 'what was searched for' }, status: { title: 'Status', group: 'Event', hint: 'of the order; cancelled is a refund' }, device: { title: 'Device', group: 'Event', hint: '' },
  os: { title: 'System', group: 'Event', hint: 'operating system' }, channel: { title: 'Channel', group: 'Event', hint: 'where the visit or order came through' }, campaign: { title: 'Campaign', group: 'Event', hint: '' }, kind: { title: 'Kind of link', group: 'Event', hint: 'follow, share, gift, referral' },
  gender: { title: 'Gender', group: 'User', hint: '' }, age: { title: 'Age', group: 'User', hint: 'years, or bands' }, birth_date: { title: 'Birth date', group: 'User', hint: 'gives the age as of the date' }, country: { title: 'Country', group: 'User', hint: '' }, region: { title: 'Region', group: 'User', hint: '' },
  city: { title: 'City', group: 'User', hint: '' }, postcode: { title: 'Postcode', group: 'User', hint: '' }, occupation: { title: 'Occupation', group: 'User', hint: '' }, education: { title: 'Education', group: 'User', hint: '' }, marital: { title: 'Marital status', group: 'User', hint: '' },
  income: { title: 'Income', group: 'User', hint: '' }, deposit: { title: 'Deposit', group: 'User', hint: 'balance or savings' }, signup_at: { title: 'Signed up', group: 'User', hint: '' }, signup_channel: { title: 'Signup channel', group: 'User', hint: '' }, tenure: { title: 'Tenure', group: 'User', hint: 'how long a customer' },
  email: { title: 'E-mail', group: 'User', hint: 'never a tag' }, phone: { title: 'Phone', group: 'User', hint: 'never a tag' }, consent: { title: 'Consent', group: 'User', hint: 'may be contacted' },
  name: { title: 'Product name', group: 'Product', hint: '' }, category: { title: 'Category', group: 'Product', hint: 'a path such as Shoes/Running' }, brand: { title: 'Brand', group: 'Product', hint: '' }, style: { title: 'Style', group: 'Product', hint: '' }, risk_level: { title: 'Risk level', group: 'Product', hint: '' },
  cost: { title: 'Cost', group: 'Product', hint: 'what one piece costs you' }, competitor_price: { title: 'Competitor price', group: 'Product', hint: '' }, stock: { title: 'Stock', group: 'Product', hint: 'pieces on hand' }, launched_at: { title: 'Launched', group: 'Product', hint: '' },
  reach: { title: 'Reach', group: 'Media', hint: '' }, cpm: { title: 'Cost per mille', group: 'Media', hint: '' }, cpc: { title: 'Cost per click', group: 'Media', hint: '' }, ctr: { title: 'Click rate', group: 'Media', hint: '' }, cvr: { title: 'Conversion rate', group: 'Media', hint: '' },
  experiment: { title: 'Experiment', group: 'Outcome', hint: '' }, variant: { title: 'Variant', group: 'Outcome', hint: 'of the experiment' }, value: { title: 'Outcome value', group: 'Outcome', hint: '' }, label: { title: 'Label', group: 'Outcome', hint: 'yes or no, to learn from' },
};
export const roleTitle = (role: Role | null): string => (role === null ? dataWords.asAttribute : role.startsWith('mix:') ? `Audience share: ${role.slice(4)}` : (roleNames[role]?.title ?? role));
