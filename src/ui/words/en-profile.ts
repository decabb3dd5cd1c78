import { count } from './plural.ts';

/** Strings of profiles: the picture of a segment, of everyone, of products. */
export const profileWords = {
  pictureSub: (who: string) => `Each row is a tag, cut by the shares of its values in this segment. Colour and number: TGI, 100 is ${who}. Taller rows tell the segment apart more.`,
  everyoneSub: 'Each row is a tag, cut by the shares of its values among those it is known for.',
  listTitle: (n: number) => (n === 0 ? 'No clear difference' : `${count(n, 'clear difference')}, strongest first`), listSub: (who: string) => `TGI = share here ÷ share of ${who} × 100. Tags in the rule are left out.`,
  figures: 'Value', users: 'Users', products: 'Products', of: (p: string, who: string) => `${p} of ${who}`, interval: (lo: string, hi: string) => `95\u202f% interval ${lo} to ${hi}`, base: (who: string, v: string) => `${who} ${v}`, times: (x: string) => `${x}×`,
  shareTitle: (u: string, r: string) => `${u} of users, ${r} of revenue`, weight: 'Weight', byUsers: 'By users', byRevenue: 'By revenue', baseline: 'Compared with', numbers: 'Numbers', numbersSub: 'Median here and in the comparison; the size of the difference by Cliff’s delta.',
  numbersHead: { tag: 'Number', here: 'Here', base: 'There', delta: 'Difference' }, size: { negligible: 'none worth naming', small: 'small', medium: 'medium', large: 'large' } as Record<string, string>, higher: 'higher', lower: 'lower', chance: 'could be chance',
  tooFew: (k: number) => `Fewer than ${count(k, 'member')}`, ruleNote: 'Part of this is the rule itself.', ms: (ms: string) => `counted in ${ms}`, empty: 'Nobody is in this segment', emptyText: 'Widen the rule: a picture needs somebody to show.', changeRule: 'Change the rule', export: 'Export the profile',
  explainTgi: (value: string, who: string) => `TGI of ${value} in ${who}`, explainShare: (value: string, who: string) => `share of ${value} in ${who}`,
  sentence: (here: string, who: string, value: string, tag: string, base: string, baseWho: string, ratio: string | null) => `${here} of ${who} have ${tag.toLowerCase()} “${value}”, against ${base} of ${baseWho}${ratio ? `: ${ratio} times as often` : ''}. 100 would mean no difference.`,
  notClear: 'The difference could be chance: it is not coloured and not a finding.', chance1: (q: string, n: number) => `After allowing for ${count(n, 'comparison')}, chance alone would give this with probability ${q}.`,
  term: 'TGI: target group index, the share in the segment divided by the share in the comparison, times 100.', counted: { known: 'Known here', knownBase: 'Known there', window: 'Window', method: 'Test', tag: 'Tag' }, asOfWindow: (d: string) => `as of ${d}`, method: 'Pearson χ², Fisher’s exact test where few; Benjamini and Hochberg over all cells', partHere: (of: string) => `of ${of} here`, partBase: (of: string) => `of ${of} there`,
  everyone: 'everyone', everyoneElse: 'everyone else', allBuyers: 'all products', evName: 'Everyone', allProducts: 'All products', everyoneTitle: (n: string, tags: number) => `${n} users in ${tags} tags`, everyoneProducts: (n: string, tags: number) => `${n} products in ${tags} tags`, everyoneLead: 'The yardstick: every segment is held against this picture.',
  showAll: (n: number) => `Show all ${n} tags`, quiet: (n: number) => `${count(n, 'more tag')} without a clear difference`,
} as const;
