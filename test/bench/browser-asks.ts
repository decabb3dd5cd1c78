import type { Page } from '@playwright/test';
import type { OwnDef } from '../../src/core/own-tag.ts';
import { encodeLink, tagLink } from '../../src/project/link.ts';
import { insightWords } from '../../src/ui/words/en-insights.ts';
import { linkWords } from '../../src/ui/words/en-link.ts';
import { ownWords } from '../../src/ui/words/en-own-tags.ts';
import { choose, idle, opened, PATIENCE, rest, session, visit } from './session.ts';
import type { Session } from './session.ts';
import { ROUNDS } from './own-defs.ts';
import { added, spentBy } from './stages.ts';
import type { StageTime } from './stages.ts';

/** A file, or a demo of the first screen. */
export type Data = { file: string } | { demo: string };

/** The page's own thread draws meanwhile, which native does not: only the workers are held against it. */
export const WORKERS = /^DedicatedWorker/;

/** Opens the data in a fresh browser and waits until all work on it is over. */
async function ready(url: string, data: Data): Promise<Session> {
  const s = await session();
  await opened(s.page, url);
  if ('file' in data) await choose(s.page, data.file);
  else {
    await s.page.locator(`[data-demo="${data.demo}"]`).click();
    await s.page.waitForFunction(() => document.documentElement.dataset['busy'] === 'true', undefined, { timeout: PATIENCE });
  }
  await rest(s);
  return s;
}

/** Fails where the page tells of an error: what it took would be the time of nothing. */
async function noError(page: Page, what: string): Promise<void> {
  const alert = page.getByRole('main').getByRole('alert');
  if ((await alert.count()) > 0) throw new Error(`${what}: ${(await alert.allTextContents()).join(' ')}`);
}

/** Asks each question from its place, as a user does: CPU from the click to the answer on screen. */
export async function askInTab(url: string, data: Data, questions: readonly { id: string; room: string }[]): Promise<Map<string, StageTime>> {
  const s = await ready(url, data);
  const { page } = s;
  try {
    const out = new Map<string, StageTime>();
    for (const { id, room } of questions) {
      await visit(page, `#/${room}`);
      const link = page.locator(`[data-question="${id}"]`);
      await link.waitFor();
      await rest(s);
      const time = await spentBy(
        s.renderers,
        async () => {
          await link.click();
          // The question's own page, then its answer; a question without a view stays in the gallery and is told by a failure.
          await page.getByRole('region', { name: insightWords.params }).waitFor({ timeout: 60_000 });
          await idle(page);
        },
        WORKERS,
      );
      await noError(page, id);
      out.set(id, time);
    }
    return out;
  } finally {
    await s.close();
  }
}

/** Drops a list onto the field of the editor as a file. */
async function dropList(page: Page, list: string): Promise<void> {
  await page.locator('textarea').evaluate((field, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'list.txt', { type: 'text/plain' }));
    field.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, list);
}

/** The page of an own tag that a click would add: a link, or for a list of ids, which no link carries, the editor. Answers what to click. */
async function offered(page: Page, def: OwnDef): Promise<string> {
  if (def.source.kind !== 'ids') {
    const link = tagLink(
      { id: def.id, entity: def.entity, versions: [{ ...def, at: '' }] },
      { segments: [], ownTags: [{ id: def.id, entity: def.entity, versions: [{ ...def, at: '' }] }], tags: [] },
    );
    await visit(page, `#/link/${await encodeLink(link)}`);
    return linkWords.add;
  }
  await visit(page, '#/tags/new');
  await page.getByRole('radio', { name: ownWords.kinds.ids }).click();
  await page.getByLabel(ownWords.name, { exact: true }).fill(def.title);
  await dropList(page, def.source.list);
  return ownWords.save;
}

/** Counts from now on how often tags were made, and answers a function that waits until one more time is over after what it is given. */
async function countTagging(page: Page): Promise<(act: () => Promise<void>) => Promise<void>> {
  await page.evaluate(() => {
    const root = document.documentElement;
    let before = root.dataset['stage'];
    new MutationObserver(() => {
      if (before === 'tagging' && root.dataset['stage'] !== 'tagging') root.dataset['tagged'] = String(Number(root.dataset['tagged'] ?? 0) + 1);
      before = root.dataset['stage'];
    }).observe(root, { attributeFilter: ['data-stage'] });
  });
  const times = (): Promise<number> => page.evaluate(() => Number(document.documentElement.dataset['tagged'] ?? 0));
  return async (act) => {
    const n = await times();
    await act();
    await page.waitForFunction((was) => Number(document.documentElement.dataset['tagged'] ?? 0) > was, n, { timeout: PATIENCE });
  };
}

/** Adds each own tag to the project and takes it back again: CPU from the click until the tag is made, of all rounds together. */
export async function ownInTab(url: string, data: Data, defs: readonly OwnDef[]): Promise<Map<string, StageTime>> {
  const s = await ready(url, data);
  const { page } = s;
  try {
    const tagged = await countTagging(page);
    const out = new Map<string, StageTime>();
    for (const def of Array.from({ length: ROUNDS }, () => defs).flat()) {
      const button = page.getByRole('button', { name: await offered(page, def), exact: true });
      await button.and(page.locator(':not([aria-disabled="true"])')).waitFor();
      await rest(s);
      out.set(def.id, added(out.get(def.id), await spentBy(s.renderers, () => tagged(() => button.click()), WORKERS)));
      await idle(page);
      await noError(page, def.id);
      if ((await page.locator('[data-tag^="own_"]').count()) === 0) throw new Error(`${def.id} is not among the tags.`);
      await visit(page, '#/tags');
      await tagged(() => page.locator('body').press('ControlOrMeta+z'));
      await rest(s);
    }
    return out;
  } finally {
    await s.close();
  }
}
