import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from '../driver/browser.ts';
import type { Session } from '../driver/session.ts';
import { sleep } from '../driver/time.ts';

/** Every process below one, by Linux' own list. */
function below(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false; // it ended while we looked
      }
    })
    .map(Number);
  return children.flatMap((child) => [child, ...below(child)]);
}

function isOfType(pid: number, type: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--type=${type}`);
  } catch {
    return false;
  }
}

function end(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // already gone
    }
  }
}

const processesOf = (browser: Browser, type: string): number[] => below(browser.process.pid ?? -1).filter((pid) => isOfType(pid, type));

/** Ways for a session to end without saying goodbye. Each leaves the browser closed. */
export const DEATHS: Readonly<Record<string, (browser: Browser, page: Session) => Promise<void>>> = {
  'tab crash': async (browser, page) => {
    page.send('Page.crash').catch(() => {});
    await sleep(250);
    await browser.close();
  },
  'renderer killed': async (browser) => {
    end(processesOf(browser, 'renderer'));
    await sleep(250);
    await browser.close();
  },
  'storage process killed': async (browser) => {
    end(processesOf(browser, 'utility'));
    await sleep(400);
    await browser.close();
  },
  'browser killed': async (browser) => {
    const all = below(browser.process.pid ?? -1);
    await browser.close({ hard: true });
    end(all);
  },
  reload: async (browser, page) => {
    await page.reload().catch(() => {});
    await browser.close();
  },
  'tab closed': async (browser, page) => {
    await page.close();
    await sleep(200);
    await browser.close();
  },
};
