import type { Page } from '@playwright/test';
import { tagWords } from '../../src/ui/words/en-tags.ts';
import type { Add } from './lines.ts';
import { choose, idle, opened, rest, session, visit } from './session.ts';
import { watchTasks } from './tasks.ts';
import { wideFile } from './wide.ts';

const [PEOPLE, TAGS] = [100_000, 200];
/** Milliseconds that no task of the page's thread may take. */
const GOAL = 50;

const search = (page: Page) => page.getByRole('textbox', { name: tagWords.find });
const type = async (page: Page, text: string): Promise<void> => {
  await search(page).fill('');
  await search(page).pressSequentially(text, { delay: 60 });
  await idle(page);
};
async function scroll(page: Page): Promise<void> {
  await page.mouse.move(800, 600);
  for (const step of [400, -400])
    for (let i = 0; i < 25; i++) {
      await page.mouse.wheel(0, step);
      await page.waitForTimeout(30);
    }
}

/** What somebody does in the Tags place, each told by itself. */
const WALK: [string, (page: Page) => Promise<void>][] = [
  ['opened', (page) => visit(page, '#/tags')],
  ['searched by title, letter by letter', (page) => type(page, 'trait 1')],
  ['searched by a value of the 5,000', (page) => type(page, 'city 49')],
  ['searched in Chinese', (page) => type(page, '城市')],
  ['search taken back', (page) => search(page).fill('')],
  ['all of a dimension shown', (page) => page.getByRole('button', { name: tagWords.showAll(TAGS + 2) }).click()],
  ['scrolled to the end and back', scroll],
  [
    'walked by the arrows',
    async (page) => {
      await page.locator('[data-tag]').first().focus();
      for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowDown');
    },
  ],
  ['the tag of 5,000 values opened', (page) => page.locator('[data-tag="city"]').click()],
  ['grouped by kind', (page) => page.getByRole('radio', { name: tagWords.byKind }).click()],
];

/** The tag tree of a project with 200 columns of its own and a tag of 5,000 values: CPU time of the longest task of the page's thread in each step. */
export async function tagTree(url: string, folder: string, add: Add): Promise<void> {
  const path = await wideFile(folder, PEOPLE, TAGS);
  const s = await session();
  const { page, browser } = s;
  try {
    await page.setViewportSize({ width: 1440, height: 900 });
    await opened(page, url);
    await choose(page, path);
    await rest(s);
    for (const [what, act] of WALK) {
      const watch = await watchTasks(browser, page);
      await act(page);
      await idle(page);
      await page.waitForTimeout(500);
      const { longest, over } = await watch();
      add(
        `Tags, ${TAGS} columns and one of 5,000 values: ${what}`,
        `longest task ${Math.round(longest)} ms of CPU (${over} over 50 ms)`,
        `≤ ${GOAL} ms`,
        longest <= GOAL,
      );
    }
  } finally {
    await s.close();
  }
}
