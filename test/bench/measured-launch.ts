import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Page } from '@playwright/test';
import { debuggerAddress } from '../console/debugger-address.ts';
import { pssMiB } from './process-memory.ts';

export interface Launch {
  readonly electron: string;
  readonly app: string;
  readonly args: readonly string[];
  /** What must be in the page for its first paint to count. */
  readonly selector: string;
}

export interface Measured {
  /** From starting the process to the first paint that has something in it, by Chromium's own mark. */
  readonly paintedMs: number;
  readonly pssMiB: number;
}

/** The app is left alone for this long after its start, then its memory is read. */
const settleMs = 2_500;

/** Starts an app, reads when it painted and how much memory it takes, and ends it. */
export function measureLaunch(launch: Launch): Promise<Measured> {
  return whileRunning(launch, async ({ page, startedAt, pid }) => {
    const paintedAt = await firstPaintAt(page);
    return { paintedMs: paintedAt - startedAt, pssMiB: pssMiB(pid) };
  });
}

export interface RunningApp {
  readonly page: Page;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly pid: number;
}

/** Starts an app, uses it once its page has the expected content, and ends it. */
export async function whileRunning<T>(launch: Launch, use: (running: RunningApp) => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const child = spawn(
    launch.electron,
    [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--remote-debugging-port=0', ...launch.args, launch.app],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    const address = await debuggerAddress(child);
    // A debugger that connects during the start slows it down, each build by another amount.
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const browser = await chromium.connectOverCDP(address);
    const page = await pageWith(
      browser.contexts().flatMap((context) => context.pages()),
      launch.selector,
    );
    const used = await use({ page, startedAt, pid: child.pid ?? 0 });
    await browser.close();
    return used;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

async function pageWith(pages: readonly Page[], selector: string): Promise<Page> {
  for (const page of pages) {
    if ((await page.locator(selector).count()) > 0) return page;
  }
  const [first] = pages;
  if (!first) throw new Error('The app has no page');
  await first.waitForSelector(selector);
  return first;
}

/** Milliseconds since the epoch. */
export function firstPaintAt(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [entry] = list.getEntriesByName('first-contentful-paint');
          if (entry) resolve(performance.timeOrigin + entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}
