import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { LicenseConsoleBridge } from '../../src-shared/ipc-contract.ts';
import { type Flood, flood, floods } from '../console/floods.ts';
import { launchConsole } from './launch-console.ts';
import { p99 } from './statistics.ts';

const goals = { overQuietMs: 250, growthMiB: 20 };
const repository = join(import.meta.dirname, '../..');
const quietReads = 200;

/**
 * How fast the console answers its own window, and what its main process weighs, while a page of the Authorization pane floods it
 * in each way, against the same console in the same run while no page does anything.
 */
export async function benchFloods(electron: string, seconds: number): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Start page</title><h1>Start page</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'license-console-bench-'));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await launchConsole(electron, repository, folder, [`--authorization-server=${address}`]);
  try {
    const page = await app.firstWindow();
    await paneOf(app, address);
    const quiet: number[] = [];
    for (let count = 0; count < quietReads; count += 1) quiet.push(await readMs(page));
    const quietMs = p99(quiet);
    console.log(`quiet: console.read p99 ${quietMs.toFixed(1)} ms`);
    for (const way of floods) console.log(await measure(app, page, address, { way, seconds, quietMs }));
  } finally {
    await app.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  app: ElectronApplication,
  page: Page,
  address: string,
  { way, seconds, quietMs }: { way: Flood; seconds: number; quietMs: number },
): Promise<string> {
  await page.locator('.address-bar').getByRole('button', { name: 'Start page of the Authorization server' }).click();
  const pane = await paneOf(app, address);
  const before = await mainMiB(app);
  const began = performance.now();
  let notFlooded: unknown = null;
  void pane.evaluate(script(way, seconds)).catch((thrown: unknown) => {
    // A page that does not stop is closed.
    if (!/closed|destroyed/.test(String(thrown))) notFlooded = thrown;
  });
  const times: number[] = [];
  while (performance.now() - began < seconds * 1000) times.push(await readMs(page));
  if (notFlooded !== null) throw notFlooded;
  const [over, growth] = [p99(times) - quietMs, (await mainMiB(app)) - before];
  const held = over < goals.overQuietMs && growth < goals.growthMiB;
  const figures = `p99 ${over.toFixed(1)} ms over the quiet one, main ${growth.toFixed(1)} MiB more`;
  return `${way}: ${figures}${held ? '' : '  <- beyond the goal'}`;
}

/** The flood as text: its compiled form calls a helper that pages do not have. */
function script(way: Flood, seconds: number): string {
  return `{ const __name = (named) => named; (${flood.toString()})(${JSON.stringify({ way, lastsMs: seconds * 1000 })}); }`;
}

async function paneOf(app: ElectronApplication, address: string): Promise<Page> {
  for (;;) {
    const pane = app.windows().find((candidate) => candidate.url().startsWith(address));
    if (pane && (await pane.locator('h1').count()) > 0) return pane;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function readMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const began = performance.now();
    await (window as unknown as { licenseConsole: LicenseConsoleBridge }).licenseConsole.call('console.read');
    return performance.now() - began;
  });
}

async function mainMiB(app: ElectronApplication): Promise<number> {
  return (await app.evaluate(() => process.memoryUsage().rss)) / 1024 / 1024;
}
