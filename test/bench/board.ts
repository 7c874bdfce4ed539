import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startAuthorizationServer } from '../authorization-server/authorization-server.ts';
import { addReportedServers, forgetManyServers, makeManyServers } from './board/many-servers.ts';
import { makeLicensedProfile } from './licensed-profile.ts';
import { firstPaintAt, type Launch, whileRunning } from './measured-launch.ts';
import { median, spread } from './statistics.ts';
import { verdict } from './verdict.ts';

const goals = { start: 1.1, ready: 1.2, longTaskMs: 50 };
/** The page is opened when the start has had this long to settle. */
const settleMs = 2_500;
/** A pointer is on a button about this long before it is pressed. The console then loads what the button opens. */
const pointedMs = 150;
const many = 500;
const few = 5;
/** So many further rows of the page with many servers are of servers that only reported. */
const reportedRows = 100;
const repository = join(import.meta.dirname, '../..');

interface Measured {
  /** From starting the process to the first paint that has something in it. */
  readonly startMs: number;
  /** From opening the page with all servers for the first time, with the pointer on its button, to the first paint of their rows. */
  readonly firstMs: number;
  /** The same when a person comes back to it; the middle of several times. */
  readonly againMs: number;
  /** Tasks of the window over 50 ms, while a person scrolls through all rows and searches for one. */
  readonly longTasksMs: readonly number[];
  /** The same while a person groups the rows, looks at them as a tree, and scrolls through each. */
  readonly longTasksOfViewsMs: readonly number[];
}

/**
 * The console with 500 servers, compared with the same console with 5 and with 1 in the same run: its start, the time until the rows of the
 * page with all servers are painted, and what delays the window while a person scrolls and searches.
 */
export async function benchBoard(electron: string, runs: number): Promise<void> {
  const server = await startAuthorizationServer();
  const folder = mkdtempSync(join(tmpdir(), 'license-console-bench-'));
  try {
    const licensed = mkdtempSync(join(folder, 'licensed-'));
    await makeLicensedProfile(electron, repository, server, licensed);
    const counts = [1, few, many];
    for (const count of counts) await makeManyServers(licensed, join(folder, `servers-${count}`), count);
    addReportedServers(join(folder, `servers-${many}`), reportedRows);
    const measured = new Map(counts.map((count): [number, Measured[]] => [count, []]));
    for (let run = 0; run <= runs; run += 1)
      for (const [count, results] of measured) {
        const userData = mkdtempSync(join(folder, 'user-data-'));
        cpSync(join(folder, `servers-${count}`), userData, { recursive: true });
        const result = await measure(electron, userData, count);
        // The first round warms up the disk's cache and does not count.
        if (run > 0) results.push(result);
        process.stderr.write(
          `${run === 0 ? 'warm-up' : `run ${run}/${runs}`}  ${count} servers: start ${Math.round(result.startMs)} ms, page ${result.firstMs.toFixed(0)} ms, again ${result.againMs.toFixed(0)} ms, long tasks ${JSON.stringify(result.longTasksMs)}, in other views ${JSON.stringify(result.longTasksOfViewsMs)}\n`,
        );
      }
    report(measured);
  } finally {
    await forgetManyServers(many);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(electron: string, userData: string, count: number): Promise<Measured> {
  const launch: Launch = {
    electron,
    app: repository,
    args: [`--user-data-dir=${userData}`],
    selector: '[data-license-status="licensed"]',
  };
  return whileRunning(launch, async ({ page, startedAt }) => {
    const startMs = (await firstPaintAt(page)) - startedAt;
    // The compiled function calls `__name`, which the page does not define.
    await page.evaluate('globalThis.__name = (named) => named');
    await page.waitForFunction(() => document.querySelectorAll('.rail-item').length > 2);
    await page.waitForTimeout(settleMs);
    await page.locator('.rail-item', { hasText: 'All servers' }).hover();
    await page.waitForTimeout(pointedMs);
    const firstMs = await openBoard(page);
    const times: number[] = [];
    for (let time = 0; time < 7; time += 1) times.push(await openBoard(page));
    const longTasksMs = await scrollAndSeek(page, count);
    const longTasksOfViewsMs = count === many ? await changeViews(page) : [];
    return { startMs, firstMs, againMs: median(times), longTasksMs, longTasksOfViewsMs };
  });
}

/** Opens the page with all servers from the License page. Returns how long it took to paint its rows. */
function openBoard(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const press = (name: string) =>
      [...document.querySelectorAll<HTMLElement>('.rail-item')].find((item) => item.textContent === name)?.click();
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    press('License');
    await painted();
    const from = performance.now();
    press('All servers');
    while (!document.querySelector('.board-row')) await new Promise(requestAnimationFrame);
    await painted();
    return performance.now() - from;
  });
}

/** Scrolls through all rows and back, then types a search letter by letter. Returns the tasks that took over 50 ms. */
function scrollAndSeek(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (all) => {
    const tasks: number[] = [];
    const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    watch.observe({ type: 'longtask' });
    const frame = () => new Promise(requestAnimationFrame);
    const scroller = document.querySelector('.page');
    if (!scroller) throw new Error('There is no page');
    const most = scroller.scrollHeight - scroller.clientHeight;
    const steps = 120;
    for (const way of [1, -1])
      for (let step = 0; step <= steps; step += 1) {
        scroller.scrollTop = (way === 1 ? step : steps - step) * (most / steps);
        await frame();
        if (all > 1 && !document.querySelector('.board-row')) throw new Error('There is no row on the screen');
      }
    const field = document.querySelector<HTMLInputElement>('.search-field input');
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    for (const text of field ? ['S', 'St', 'Store', 'Store 4', 'Store 40', 'Store 400', ''] : []) {
      value?.set?.call(field, text);
      field?.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      await frame();
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    watch.disconnect();
    return tasks;
  }, count);
}

/** Groups the rows, then shows them as a tree, and scrolls through each. Returns the tasks that took over 50 ms. */
function changeViews(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const tasks: number[] = [];
    const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    watch.observe({ type: 'longtask' });
    const frame = () => new Promise(requestAnimationFrame);
    const scroller = document.querySelector('.page');
    const views = [
      ['.board-group-choice input', '.board-group'],
      ['.board-find input[value="tree"]', '[role="treeitem"]'],
    ] as const;
    for (const [control, shows] of views) {
      document.querySelector<HTMLInputElement>(control)?.click();
      await frame();
      await frame();
      if (!scroller || !document.querySelector(shows)) throw new Error(`${control} does not show ${shows}`);
      const most = scroller.scrollHeight - scroller.clientHeight;
      for (let step = 0; step <= 60; step += 1) {
        scroller.scrollTop = step * (most / 60);
        await frame();
      }
      scroller.scrollTop = 0;
      await frame();
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    watch.disconnect();
    return tasks;
  });
}

function report(measured: ReadonlyMap<number, readonly Measured[]>): void {
  const of = (count: number) => measured.get(count) ?? [];
  const line = (name: string, figures: string, isMet: boolean) =>
    console.log(`${name.padEnd(44)} ${figures}: ${verdict(isMet)}`);
  const ratio = (name: string, member: 'startMs' | 'firstMs' | 'againMs', base: number, goal: number) => {
    const [some, other] = [base, many].map((count) => of(count).map((each) => each[member]));
    const found = median(other ?? []) / median(some ?? []);
    line(
      name,
      `${median(some ?? []).toFixed(0)} ms (${spread(some ?? [])}), ${median(other ?? []).toFixed(0)} ms (${spread(other ?? [])})  ${found.toFixed(2)} x    goal ${goal} x`,
      found <= goal,
    );
  };
  console.log(`\nMedian (spread), and the ratio with ${many} servers`);
  ratio('launch to license status painted, 1', 'startMs', 1, goals.start);
  ratio(`page with all servers until painted, ${few}`, 'firstMs', few, goals.ready);
  ratio(`the same page again, ${few}`, 'againMs', few, goals.ready);
  for (const [name, member] of [
    ['scrolling and seeking', 'longTasksMs'],
    ['groups and tree', 'longTasksOfViewsMs'],
  ] as const) {
    const tasks = of(many).flatMap((each) => each[member]);
    line(
      `${name} with ${many} servers`,
      `${tasks.length} tasks over ${goals.longTaskMs} ms${tasks.length > 0 ? `, the longest ${Math.max(...tasks)} ms` : ''}    goal none`,
      tasks.length === 0,
    );
  }
}
