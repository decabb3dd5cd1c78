import { count } from './plural.ts';

/** Strings of the Segments place: list, rule builder, members, compare, cards. */
export const segmentWords = {
  segments: 'Segments', everyone: 'Everyone', newSegment: 'New', newName: 'New segment', fromTag: (title: string, value: string) => `${title}: ${value}`, copyOf: (name: string) => `${name} (copy)`,
  start: 'Start from', readyMade: 'Ready-made', noSegments: 'No segments yet', noSegmentsText: 'A segment is a group of users that a rule picks. Start from one of these, or make your own.',
  tabs: { rule: 'Rule', profile: 'Profile', members: 'Members', compare: 'Compare' },
  rule: 'Rule', build: 'Build', json: 'JSON', sql: 'SQL', result: 'Result', exportIds: 'Export', openProfile: 'Open profile', inWords: 'In words', users: 'Users', products: 'Products',
  ofEveryone: (p: string) => `${p} of everyone`, revenueShare: (p: string) => `${p} of revenue`, change: (n: number) => (n === 0 ? '' : n > 0 ? `${n.toLocaleString('en-GB')} more` : `${(-n).toLocaleString('en-GB')} fewer`),
  live: (n: number, change: string) => `${count(n, 'user')}${change ? `, ${change}` : ''}`,
  allOf: 'All of', anyOf: 'Any of', alone: 'alone', left: 'left', not: 'not', addLine: 'Line', addGroup: 'Group', addDid: 'Behaviour', removeLine: 'Remove this line', toggleNot: 'Turn into “not”', moveUp: 'Move up', moveDown: 'Move down', intoGroup: 'Put into a group', outOfGroup: 'Take out of the group', lineMenu: 'More for this line', duplicateLine: 'Duplicate',
  tag: 'Tag', test: 'Comparison', value: 'Value', values: 'Values', and: 'and', did: 'did', didNot: 'did not', event: 'Event', atLeast: 'at least', times: 'times', inTheLast: 'in the last', anyTime: 'at any time', days: 'days', where: 'where', addWhere: 'Condition', per: 'Counted by', within: 'When', total: 'for at least', ofAmount: 'in total',
  removesNobody: 'This line removes nobody.', nobody: 'Nobody fits this rule.', nobodyText: (name: string, n: number) => `Without “${name}”: ${count(n, 'user')}.`, dropLine: (n: number) => `Drop it: ${count(n, 'user')}`,
  renamed: 'Renamed a segment', created: (name: string) => `Made ${name}`, deleted: (name: string) => `Deleted segment ${name}`, changedRule: 'Changed a rule', duplicated: (name: string) => `Duplicated ${name}`,
  rename: 'Rename', duplicate: 'Duplicate', delete: 'Delete', name: 'Name of the segment', more: 'More',
  pasteJson: 'The rule as JSON; edit it and leave the field to take it.', badJson: 'This is not a rule.', invalid: 'This rule cannot be run yet',
  members: (n: number) => count(n, 'member'), membersNote: 'Rows about single users stay on this screen.', columns: 'Columns', filter: (tag: string, value: string) => `${tag} is ${value}`, clearFilter: 'Show all members', export: 'Export', exportMembers: (n: number) => `Export ${count(n, 'member')}`, exportProfile: 'Export the profile', format: 'As', withTags: 'With these tags', guardNote: 'Text that starts like a spreadsheet formula gets an apostrophe in front.', save: 'Save',
  compareWith: 'with', compareTitle: 'Compare', chooseOther: 'Choose another segment', onlyA: (name: string) => `only ${name}`, both: 'both', bothNote: 'Members of both are left out of the tests.',
  compareNone: 'Make a second segment to compare with.', compareHead: (a: string, b: string) => `${a} beside ${b}`, compareFind: (value: string, tag: string, a: string, b: string, x: string, y: string) => `${value} (${tag}): ${x} of ${a}, ${y} of ${b}`, compareFlat: 'No clear difference between them', differences: 'Share of each segment, by value',
  user: 'One user.', userNote: 'Rows about single users stay on this screen: they are never part of a report or a shared link.', back: 'Back to the group', previous: 'Previous', next: 'Next', amongAll: 'among all', inSegments: 'In segments', noSegment: 'In no segment of yours.', events: 'Events', timeline: (n: number) => count(n, 'event'), line: 'Line of the file', lineOf: (file: string, line: number) => `${file}, line ${line.toLocaleString('en-GB')}`, showLine: 'Show the line', rawTitle: 'The line as it stands in the file', eventHead: { at: 'Time', event: 'Event', product: 'Product', amount: 'Amount', quantity: 'Pieces', channel: 'Channel', line: 'Line' },
  showPeople: (n: string) => `Show the ${n} users`, showProducts: (n: string) => `Show the ${n} products`, unit: { day: 'days', year: 'years' } as Record<string, string>,
  profileOf: (name: string) => name, useRule: 'Change the rule', copySql: 'SQL',
  allProducts: 'All products', idUser: 'User', idProduct: 'Product', productOne: 'One product.', timelineSub: 'One mark is one event; Enter shows the line of the file', dropLineN: (n: number) => `Drop line ${n}`,
  openFiles: 'Open files', isUnknown: 'is unknown', yes: 'yes', no: 'no', isFirst: 'It is the first line', isLast: 'It is the last line', inSegment: 'in segment', addSegment: 'Segment', removeWhere: 'Remove this condition',
  spanUnits: { hour: 'hours', day: 'days', week: 'weeks', month: 'months', year: 'years' } satisfies Record<string, string>,
  pers: { order: 'orders', event: 'lines', day: 'days', session: 'sessions', product: 'products' },
  waiting: 'Counting', noData: 'Segments are made from tags', noDataText: 'Open files first: then a rule picks users, and their picture stands beside everyone’s.', productSegments: 'Products',
} as const;

const columnTitles: Record<string, string> = { amount: 'amount', quantity: 'pieces', discount: 'discount', price: 'price', device: 'device', os: 'system', channel: 'channel', campaign: 'campaign', country: 'country', region: 'region', city: 'city', query: 'search text', rating: 'rating', status: 'status', category: 'category', cat: 'main category', brand: 'brand', style: 'style', name: 'product name', product_id: 'product', cost: 'cost', launched_at: 'launched' };
/** A column of an event row or its product, as people read it. */
export const columnTitle = (name: string): string => columnTitles[name] ?? name.replace(/^attr:/, '');
