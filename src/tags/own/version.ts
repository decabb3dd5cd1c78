import type { OwnSource, OwnTag, OwnVersion } from '../../core/own-tag.ts';
import { canonical } from '../../core/canonical.ts';

/** What a value means: everything of a source but its cuts, names of bands and listed ids. */
function meaning(source: OwnSource): string {
  const plain = JSON.parse(JSON.stringify(source)) as Record<string, never>;
  if (source.kind === 'bands') return canonical({ kind: 'bands', tag: source.tag });
  return source.kind === 'ids' ? canonical({ kind: 'ids' }) : canonical(plain);
}

/** The number of the next version: major where a value can change its meaning, minor for cuts, lists and words. */
export function nextVersion(tag: OwnTag, source: OwnSource): string {
  const now = tag.versions.at(-1);
  if (!now) return '1.0';
  const [major, minor] = now.version.split('.').map(Number) as [number, number];
  return meaning(now.source) === meaning(source) ? `${major}.${minor + 1}` : `${major + 1}.0`;
}

/** The tag with one more version. The same text as the one in force adds none. */
export function withVersion(tag: OwnTag, next: Omit<OwnVersion, 'version'>): OwnTag {
  const now = tag.versions.at(-1);
  const text = ({ title, description, dimension, unit, source }: Omit<OwnVersion, 'version'>): string =>
    canonical(JSON.parse(JSON.stringify({ title, description, dimension, unit, source })) as never);
  if (now && text(now) === text(next)) return tag;
  return { ...tag, versions: [...tag.versions, { ...next, version: nextVersion(tag, next.source) }] };
}

/** The tag with an older version in force again, as a version of its own, so that nothing of the history is lost. */
export function bringBack(tag: OwnTag, version: string, at: string): OwnTag {
  const old = tag.versions.find((v) => v.version === version);
  if (!old) return tag;
  const { title, description, dimension, unit, source } = old;
  return withVersion(tag, { title, description, dimension, unit, source, at, back: version });
}

/** An id for a new tag: its title as a word that a formula can name, unlike any id in `taken`. */
export function ownId(title: string, taken: readonly string[]): string {
  const word =
    title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40) || 'tag';
  const base = `own_${word}`;
  for (let i = 1; ; i++) {
    const id = i === 1 ? base : `${base}_${i}`;
    if (!taken.includes(id)) return id;
  }
}
