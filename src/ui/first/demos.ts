import type { Snapshot } from '../../core/snapshot.ts';
import type { DroppedFile } from '../../project/studio-api.ts';

/** One example as `demo/demos.json` lists it; paths are relative to that file. Only what names and opens it is required. */
export interface Demo {
  id: string;
  name: string;
  question: string;
  currency: string;
  /** "20,000 users · 1,500 products · …" */
  summary: string;
  files: { path: string; name: string; bytes: number }[];
  /** Where its `Snapshot` is. */
  snapshot: string;
  /** A distribution to be drawn as a strip, with its sentence. */
  strip: { note: string; parts: number[]; tone: 'stage' | 'kinds' } | null;
}
interface RawDemo {
  id: string;
  name: string;
  question?: string;
  title?: string;
  currency?: string;
  summary?: string;
  counts?: string;
  files: ({ path?: string; file?: string; name?: string; bytes: number } | string)[];
  strip?: Demo['strip'];
  snapshot?: string;
}

/** The examples that ship with the app; [] where they cannot be read. */
export async function readDemos(base = new URL('demo/', document.baseURI)): Promise<Demo[]> {
  const response = await fetch(new URL('demos.json', base)).catch(() => null);
  const json = response?.ok ? ((await response.json().catch(() => [])) as RawDemo[] | { demos: RawDemo[] }) : [];
  return (Array.isArray(json) ? json : json.demos).map((d): Demo => ({
    id: d.id,
    name: d.name,
    question: d.question ?? d.title ?? '',
    currency: d.currency ?? '',
    summary: d.summary ?? d.counts ?? '',
    strip: d.strip ?? null,
    snapshot: d.snapshot ?? `${d.id}/snapshot.json`,
    files: d.files.map((f) =>
      typeof f === 'string'
        ? { path: f, name: f.slice(f.lastIndexOf('/') + 1), bytes: 0 }
        : { path: f.path ?? f.file ?? f.name!, name: f.name ?? (f.path ?? f.file)!.replace(/^.*\//, ''), bytes: f.bytes },
    ),
  }));
}

/** What an example comes to, to be shown at once. Throws where that is missing. */
export async function demoSnapshot(demo: Demo, base = new URL('demo/', document.baseURI)): Promise<Snapshot> {
  const response = await fetch(new URL(demo.snapshot, base));
  if (!response.ok) throw new Error(`${demo.snapshot}: ${response.status}`);
  return (await response.json()) as Snapshot;
}

/** Reads an example's files from the app's own server (or its cache). Throws where one is missing. */
export async function demoFiles(demo: Demo, base = new URL('demo/', document.baseURI)): Promise<DroppedFile[]> {
  return Promise.all(
    demo.files.map(async (f) => {
      const response = await fetch(new URL(f.path, base));
      if (!response.ok) throw new Error(`${f.name}: ${response.status}`);
      return { name: f.name, source: new File([await response.blob()], f.name) };
    }),
  );
}
