import type { Snapshot } from '../../core/snapshot.ts';
import type { DroppedFile } from '../../project/studio-api.ts';

/** One example as `demo/demos.json` lists it; paths are relative to that file. */
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
  strip: { note: string; parts: number[]; tone: 'stage' | 'kinds' };
}

/** The examples that ship with the app; [] where they cannot be read. */
export async function readDemos(base = new URL('demo/', document.baseURI)): Promise<Demo[]> {
  const response = await fetch(new URL('demos.json', base)).catch(() => null);
  return response?.ok ? ((await response.json().catch(() => [])) as Demo[]) : [];
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
