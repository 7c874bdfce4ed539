import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult } from '../../src-shared/support/preflight.ts';
import { checkResults, consoleWith } from './checked-console.ts';
import { expect, test } from './console-test.ts';
import { LocalServer } from './local-server.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';

const works = 'function FindProxyForURL(url, host) { return "DIRECT"; }';

test('@kit preflight: a broken proxy script is named, and a working one is not', async () => {
  test.skip(process.platform !== 'linux', 'The settings of this system cannot be replaced for a test');
  const server = await startAuthorizationServer();
  let script: string | null = works;
  const far = await LocalServer.start((_request, response) => {
    response.writeHead(script === null ? 404 : 200, { 'content-type': 'application/x-ns-proxy-autoconfig' });
    response.end(script ?? '');
  });
  const app = await consoleWith([server.issuer], { auto_proxy: `${far.origin}/proxy.pac`, XDG_CURRENT_DESKTOP: '' });
  const wrong = async () =>
    (await checkResults(app)).filter(({ check, state }) => check === 'proxy' || state === 'failed');
  expect(await wrong()).toEqual([]);
  for (const [broken, says] of [
    [`${works} }`, 'has an error'],
    [null, 'cannot be loaded'],
  ] as const) {
    script = broken;
    expect(await wrong()).toMatchObject([
      { check: 'proxy', state: 'attention', says: [expect.stringContaining(says), expect.any(String)] },
    ]);
  }
  await far.close();
  expect(await wrong()).toMatchObject([
    { check: 'proxy', says: [expect.stringContaining('cannot be loaded'), expect.any(String)] },
  ]);
  await app.close();
  await server.close();
});

/** A host that no network knows: only a proxy could lead there. No script is asked about hosts of this computer. */
const farServer = 'https://no-such-server.invalid';
const toNobody = 'function FindProxyForURL() { return "PROXY 127.0.0.1:1"; }';

async function failedAndProxy(env: Readonly<Record<string, string>>): Promise<readonly CheckResult[]> {
  const app = await consoleWith([farServer], env);
  const results = await checkResults(app);
  await app.close();
  return results.filter(({ check, state }) => check === 'proxy' || state === 'failed');
}

test('@kit preflight: a proxy script in a file is named, since the console connects without it', async () => {
  test.skip(process.platform !== 'linux', 'The settings of this system cannot be replaced for a test');
  const file = join(mkdtempSync(join(tmpdir(), 'proxy-script-')), 'proxy.pac');
  writeFileSync(file, toNobody);
  expect(await failedAndProxy({ auto_proxy: `file://${file}`, XDG_CURRENT_DESKTOP: '' })).toMatchObject([
    { check: 'name', state: 'failed' },
    {
      check: 'proxy',
      state: 'attention',
      says: [expect.stringContaining(`cannot use: file://${file}`), expect.any(String)],
    },
  ]);
});
