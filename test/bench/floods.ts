import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Flood, flood, floods } from '../console/floods.ts';
import { UnwatchedConsole } from '../console/unwatched-console.ts';
import { p99 } from './statistics.ts';
import { verdict } from './verdict.ts';

const goals = { overQuietMs: 250, growthMiB: 20 };
const repository = join(import.meta.dirname, '../..');
const consolePage = 'fusion-console:';
/** The page floods longer than the measurement, so that a person's actions can be tried too. */
const forActsMs = 30_000;

interface Measured {
  readonly p99Ms: number;
  readonly mostMs: number;
  readonly growthMiB: number;
  readonly actsMs: Readonly<Record<string, number>>;
}

/**
 * How fast the console answers its own window, and how much memory its main process takes, while a page of the Authorization pane floods it
 * in each way, compared with the same console in the same run while no page does anything. Then a person's actions, while the page keeps
 * flooding.
 */
export async function benchFloods(electron: string, seconds: number): Promise<void> {
  const quiet = await measure(electron, seconds, null);
  console.log(`quiet: ${figures(quiet)}`);
  for (const way of floods) {
    const flooded = await measure(electron, seconds, way);
    const [overMs, moreMiB] = [flooded.p99Ms - quiet.p99Ms, flooded.growthMiB - quiet.growthMiB];
    const held = overMs < goals.overQuietMs && moreMiB < goals.growthMiB;
    console.log(`${way}: ${figures(flooded)}; goal: ${verdict(held)}`);
  }
}

function figures({ p99Ms, mostMs, growthMiB, actsMs }: Measured): string {
  const acts = Object.entries(actsMs).map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
  return `console.read p99 ${p99Ms.toFixed(1)} ms, at most ${mostMs.toFixed(0)} ms; main +${growthMiB.toFixed(1)} MiB; ${acts.join(', ')}`;
}

async function measure(electron: string, seconds: number, way: Flood | null): Promise<Measured> {
  const failures: string[] = [];
  const server = await startServer(way, seconds * 1000 + forActsMs, (failure) => failures.push(failure));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'license-console-bench-'));
  const app = await UnwatchedConsole.start(electron, repository, folder, [`--authorization-server=${address}`]);
  try {
    await inPage(app, address, 'document.title');
    const before = await mainMiB(app);
    await inPage(app, address, 'begin()');
    const times = z.array(z.number()).parse(await inPage(app, consolePage, `(${readFor})(${seconds * 1000})`));
    const growthMiB = (await mainMiB(app)) - before;
    const actsMs = z.record(z.string(), z.number()).parse(await inPage(app, consolePage, `(${act})()`));
    if (failures.length > 0) throw new Error(`The page did not flood: ${failures.join()}`);
    return { p99Ms: p99(times), mostMs: Math.max(...times), growthMiB, actsMs };
  } finally {
    await app.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An Authorization server that gives a User Code. Its start page floods the console on request. */
async function startServer(way: Flood | null, lastsMs: number, onFailed: (failure: string) => void): Promise<Server> {
  const script =
    way === null
      ? ''
      : `(async () => (${flood.toString()})(${JSON.stringify({ way, lastsMs })}))().catch((thrown) => fetch('/failed?' + thrown))`;
  // The compiled flood calls `__name`, which a page does not define.
  const page = `<h1>Start page</h1><script>const __name = (named) => named; const begin = () => { setTimeout(() => { ${script} }); };</script>`;
  const server = createServer((request, response) => {
    const issuer = `http://${request.headers.host ?? ''}`;
    if (request.url?.startsWith('/failed?')) onFailed(decodeURIComponent(request.url));
    const [status, body] = answerOf(request.url ?? '/', issuer);
    if (body === null) response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function answerOf(path: string, issuer: string): readonly [number, object | null] {
  switch (path) {
    case '/.well-known/openid-configuration': {
      const names = ['device_authorization_endpoint', 'token_endpoint', 'jwks_uri'];
      return [200, { issuer, ...Object.fromEntries(names.map((name) => [name, `${issuer}/${name}`])) }];
    }
    case '/device_authorization_endpoint':
      return [
        200,
        { device_code: 'x', user_code: 'WDJB-MJHT', verification_uri: issuer, expires_in: 600, interval: 5 },
      ];
    case '/token_endpoint':
      return [400, { error: 'authorization_pending' }];
    default:
      return [200, null];
  }
}

async function mainMiB(app: UnwatchedConsole): Promise<number> {
  return (await app.evaluate(() => process.memoryUsage().rss)) / 1024 / 1024;
}

/** Runs a script in the page whose address begins with this text. Waits for that page. */
function inPage(app: UnwatchedConsole, address: string, script: string): Promise<unknown> {
  return app.evaluate(
    async ({ webContents }, [begin, code]) => {
      const endMs = performance.now() + 20_000;
      for (;;) {
        if (performance.now() > endMs) throw new Error(`No page of ${begin}`);
        const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith(begin));
        if (page && !page.isLoading()) return page.executeJavaScript(code, true);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    [address, script] as const,
  );
}

/** Runs in the console's window. */
const readFor = `async (lastsMs) => {
  const times = [];
  const endMs = performance.now() + lastsMs;
  while (performance.now() < endMs) {
    const began = performance.now();
    await licenseConsole.call('console.read');
    times.push(performance.now() - began);
  }
  return times;
}`;

/** Runs in the console's window. Measures how long each action of a person takes. */
const act = `async () => {
  const times = {};
  const named = (button) => button.getAttribute('aria-label') ?? button.textContent.trim();
  const buttons = (name) => [...document.querySelectorAll('button')].filter((button) => named(button) === name);
  const press = (button) => buttons(button)[0].click();
  const timed = async (name, start, isDone) => {
    const began = performance.now();
    start();
    while (!isDone()) {
      if (performance.now() - began > 15000) throw new Error(name + ' is not done: ' + document.body.innerText);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    times[name] = performance.now() - began;
  };
  const has = (name) => buttons(name).length > 0;
  await timed('Next', () => press('Next'), () => document.querySelector('[data-testid="user-code"]'));
  await timed('Close pane', () => press('Close this pane'), () => !has('Close this pane'));
  // Not by a button: while there is a User Code, the buttons also open its page, which would end the flood.
  await timed('Open pane', () => licenseConsole.call('pane.show', { open: true }), () => has('Close this pane'));
  await timed('Sign out', () => press('Sign out of the Authorization server'), () => document.body.innerText.includes('Signed out of the Authorization server.'));
  return times;
}`;
