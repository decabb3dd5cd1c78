import { count } from './plural.ts';

/** Strings of links that carry definitions without data. */
export const linkWords = {
  copy: 'Copy link',
  copied: 'Link copied: it holds the definition, and no data',
  lead: 'From a link. It holds definitions and no data; nothing is sent anywhere by opening it.',
  title: {
    segment: (name: string) => `Add the segment “${name}”?`,
    tag: (name: string) => `Add the tag “${name}”?`,
    question: (name: string) => `Ask “${name}”?`,
  },
  broken: 'This link cannot be opened',
  noData: 'Open your files first',
  noDataText: (what: string) => `Then “${what}” is looked at on your own data. Keep this link: open it again once the files are here.`,
  openFiles: 'Open files',
  adds: 'What it adds',
  segment: 'Segment',
  tag: 'Tag',
  question: 'Question',
  stands: 'What stands for what',
  standsLead: (n: number) =>
    `${count(n, 'name')} of the link ${n === 1 ? 'is' : 'are'} not in your data. Say which of yours ${n === 1 ? 'stands' : 'stand'} for ${n === 1 ? 'it' : 'them'}.`,
  kinds: { tag: 'tag', event: 'event', column: 'column' },
  choose: 'choose …',
  chooseFirst: 'Say first what stands for what',
  needs: (what: string) => `Your data cannot answer it yet: it needs ${what}.`,
  add: 'Add to the project',
  ask: 'Ask it',
  leave: 'Leave it',
  added: (name: string) => `Added ${name} from a link`,
} as const;
