import type { Params } from '../core/analysis.ts';
import { TesseraError } from '../core/errors.ts';
import type { OwnTag, OwnVersion } from '../core/own-tag.ts';
import type { Baseline } from '../core/profile.ts';
import type { Rule, Segment } from '../core/rule.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import { parse, tagsIn } from '../tags/own/formula-parse.ts';
import { pack, unpack } from './link-code.ts';
import { renamed, renamedSegment, renamedSource, type Renamer } from './link-names.ts';

/** The version of links that this app writes, and the newest it reads. */
const VERSION = 1;
/** An own tag as it travels: the version in force, without its history. */
export interface LinkTag {
  id: string;
  entity: Entity;
  now: OwnVersion;
}
/** A name of a tag of the sender's data, so that the reader may say which of theirs stands for it. */
export interface LinkName {
  id: string;
  entity: Entity;
  title: string;
  type: string;
}
/** What travels in a link: definitions only, never a row, a count or an id. The last segment, or the last tag, is what was shared; the rest is what it needs. */
export interface Link {
  v: number;
  what: 'segment' | 'tag' | 'question';
  segments: Segment[];
  tags: LinkTag[];
  names: LinkName[];
  question?: { id: string; room: 'insights' | 'decisions'; params: Params; segment: string | null; baseline: Baseline | null };
}
export interface LinkSource {
  segments: readonly Segment[];
  ownTags: readonly OwnTag[];
  tags: readonly TagInfo[];
}

const KEEP: Renamer = { tag: (x) => x, event: (x) => x, column: (x) => x, segment: (x) => x, ids: (x) => x };
const holdsIds = (): never => {
  throw new TesseraError('LINK_INVALID', 'This lists single users or products, and a link holds no data.', {
    next: 'Say who is meant by a rule, then copy the link.',
  });
};
const formulaTags = (text: string): string[] => {
  try {
    return tagsIn(parse(text));
  } catch {
    return [];
  }
};

/** What is shared with everything it needs, found by walking its rules. Throws LINK_INVALID where a list of ids stands in it. */
class Packer {
  readonly segments = new Map<string, Segment>();
  readonly tags = new Map<string, LinkTag>();
  readonly names = new Map<string, LinkName>();
  readonly #from: LinkSource;
  constructor(from: LinkSource) {
    this.#from = from;
  }
  rule(rule: Rule, entity: Entity): void {
    renamed(rule, this.#walker(entity));
  }
  segment(s: Segment): void {
    if (this.segments.has(s.id)) return;
    renamedSegment(s, this.#walker(s.entity ?? 'user'));
    const { seen: _counts, ...definition } = s;
    this.segments.set(s.id, definition);
  }
  tag(id: string, entity: Entity): void {
    const key = `${entity} ${id}`;
    if (this.tags.has(key) || this.names.has(key)) return;
    const own = this.#from.ownTags.find((t) => t.id === id && t.entity === entity);
    const now = own?.versions.at(-1);
    const info = this.#from.tags.find((t) => t.id === id && t.entity === entity);
    if (!now) {
      this.names.set(key, { id, entity, title: info?.title ?? id, type: info?.type ?? '' });
      return;
    }
    renamedSource(now.source, this.#walker(entity));
    if (now.source.kind === 'formula') for (const t of formulaTags(now.source.text)) this.tag(t, entity);
    this.tags.set(key, { id, entity, now });
  }
  #walker(entity: Entity): Renamer {
    return {
      ...KEEP,
      tag: (id) => {
        this.tag(id, entity);
        return id;
      },
      segment: (id) => {
        const s = this.#from.segments.find((x) => x.id === id);
        if (s) this.segment(s);
        return id;
      },
      ids: holdsIds,
    };
  }
  link(what: Link['what'], question?: Link['question']): Link {
    return {
      v: VERSION,
      what,
      segments: [...this.segments.values()],
      tags: [...this.tags.values()],
      names: [...this.names.values()],
      ...(question ? { question } : {}),
    };
  }
}

export function segmentLink(segment: Segment, from: LinkSource): Link {
  const packer = new Packer(from);
  packer.segment(segment);
  return packer.link('segment');
}
export function tagLink(tag: OwnTag, from: LinkSource): Link {
  const packer = new Packer(from);
  packer.tag(tag.id, tag.entity);
  return packer.link('tag');
}
/** `tagParams`: which of its parameters name a tag. */
export function questionLink(question: NonNullable<Link['question']>, tagParams: readonly string[], from: LinkSource): Link {
  const packer = new Packer(from);
  for (const id of [question.segment, question.baseline?.kind === 'segment' ? question.baseline.id : null]) {
    const s = id === null ? undefined : from.segments.find((x) => x.id === id);
    if (s) packer.segment(s);
  }
  for (const p of tagParams) {
    const v = question.params[p];
    if (typeof v === 'string' && v !== '') packer.tag(v, 'user');
  }
  return packer.link('question', question);
}

export const encodeLink = (link: Link): Promise<string> => pack(link);

/** Reads a link. Throws LINK_INVALID where it is broken, made by a newer Tessera, or no link of ours. */
export async function decodeLink(text: string): Promise<Link> {
  const read = (await unpack(text)) as Partial<Link> | null;
  const odd = (why: string, next: string): TesseraError => new TesseraError('LINK_INVALID', why, { next });
  if (typeof read !== 'object' || read === null || typeof read.v !== 'number')
    throw odd('This link holds nothing that Tessera knows.', 'Copy it again from where it was made.');
  if (read.v > VERSION) throw odd('This link was made by a newer Tessera.', 'Reload the page for the newest version, then open the link again.');
  const { what, segments, tags, names, question } = read;
  const whole =
    Array.isArray(segments) &&
    Array.isArray(tags) &&
    Array.isArray(names) &&
    segments.every((s) => typeof s?.id === 'string' && typeof s.name === 'string' && typeof s.rule === 'object' && s.rule !== null) &&
    tags.every((t) => typeof t?.id === 'string' && typeof t.now?.source === 'object') &&
    names.every((n) => typeof n?.id === 'string') &&
    ((what === 'segment' && segments.length > 0) || (what === 'tag' && tags.length > 0) || (what === 'question' && typeof question?.id === 'string'));
  if (!whole) throw odd('This link holds nothing that Tessera knows.', 'Copy it again from where it was made.');
  return {
    v: read.v,
    what: what!,
    segments: segments!,
    tags: tags!,
    names: names!,
    ...(question ? { question: { ...question, params: question.params ?? {} } } : {}),
  };
}
