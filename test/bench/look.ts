import { lookWords } from '../../src/ui/words/en-look.ts';
import { WORKERS } from './browser-asks.ts';
import type { Add } from './lines.ts';
import { choose, idle, opened, rest, session, visit } from './session.ts';
import { spentBy } from './stages.ts';
import { PLANTED, traitName, wideFile } from './wide.ts';

const [PEOPLE, TAGS] = [100_000, 200];
/** Seconds in which the niche must be found. */
const GOAL = 10;

/** The exhaustive look over 200 tags of 100,000 people with a three-way niche planted in them, in the built app: from the click to the list. */
export async function exhaustiveLook(url: string, folder: string, add: Add): Promise<void> {
  const path = await wideFile(folder, PEOPLE, TAGS);
  const s = await session();
  const { page } = s;
  try {
    await opened(page, url);
    await choose(page, path);
    await rest(s);
    await visit(page, '#/segments/everyone/look');
    await page.getByRole('button', { name: new RegExp(`^${lookWords.goal}`) }).click();
    await page.getByRole('option', { name: 'label: yes' }).click();
    await rest(s);
    const first = page.getByRole('main').locator('tbody tr').first();
    const time = await spentBy(
      s.renderers,
      async () => {
        await page.getByRole('button', { name: lookWords.run, exact: true }).click();
        await first.or(page.getByText(lookWords.none)).waitFor();
        await idle(page);
      },
      WORKERS,
    );
    const said = (await first.count()) > 0 ? await first.innerText() : lookWords.none;
    const found = PLANTED.every((t) => said.includes(traitName(t)));
    add(
      `A planted niche of three among ${TAGS} tags of ${PEOPLE.toLocaleString('en-GB')} people`,
      `${found ? 'found first' : 'not found'} in ${time.wall.toFixed(1)} s by the clock (${time.busiest.toFixed(1)} s of CPU, all workers ${time.all.toFixed(1)} s)`,
      `≤ ${GOAL} s`,
      found && time.wall <= GOAL,
    );
  } finally {
    await s.close();
  }
}
