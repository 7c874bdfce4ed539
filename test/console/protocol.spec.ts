import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import type { Fault } from '../authorization-server/faults/fault-plan.ts';
import type { ClaimOverride } from '../authorization-server/records/claim-overrides.ts';
import type { Endpoint } from '../authorization-server/request-log.ts';
import { ConsoleApp } from './console-app.ts';
import { html, LocalServer } from './local-server.ts';
import { onlyProfileId, storedAccounts, storedLicense } from './real-keychain.ts';

const device = 'Store 014';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mebibyte = 1024 * 1024;

let server: AuthorizationServer;
let other: LocalServer;
let app: ConsoleApp;

async function startServer(): Promise<void> {
  server = await startAuthorizationServer();
  beQuick();
}

/** Sets the shortest interval that a console accepts. The timing of polls is tested separately with a fake clock. */
function beQuick(): void {
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
}

/** Returns to the steps, and removes everything that the previous test left. */
async function startOver(): Promise<void> {
  await app.call('acquisition.cancel');
  if ((await app.state()).license)
    expect(await app.call('license.remove', { hereOnly: true })).toMatchObject({ ok: true });
  await app.call('license.dismiss_removal');
  server.control.reset();
  beQuick();
  await expect(app.button('Next')).toBeVisible();
}

async function openConsole(): Promise<void> {
  await startServer();
  other = await LocalServer.start((_request, response) => html(response, 'another server'));
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
  // The tests plant faults for one request each, which must be their own.
  await app.checksEnded();
}

async function closeAll(): Promise<void> {
  await app.close();
  await server.close();
  await other.close();
}

const asked = (endpoint: Endpoint) => server.control.requests({ endpoint }).requests;
const grants = () => server.control.grantsOfDevice({ device }).grants;
const plant = (endpoint: Endpoint, fault: Fault, times?: number) =>
  server.control.addFault({ endpoint, fault, ...(times === undefined ? {} : { times }) });

async function askForCode(): Promise<string> {
  await app.button('Next').click();
  await app.userCode.waitFor();
  return (await app.userCode.textContent()) ?? '';
}

async function licenseIt(): Promise<void> {
  await app.authorizeAt(server.control, device);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
}

/** Checks that nothing of the refused token was stored and that its grant was revoked. */
async function expectNothingKept(): Promise<void> {
  await expect.poll(grants).toEqual([]);
  expect(await storedAccounts(app.userData)).toEqual([]);
  expect((await app.state()).license).toBeNull();
}

/** Checks that one click continues with the issued token, which only could not be checked before, without a new code. */
async function takeUpWhatWasIssued(): Promise<void> {
  const codes = asked('device_authorization').length;
  await app.button('Try again').click();
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  expect(asked('device_authorization')).toHaveLength(codes);
}

const pollingFaults: readonly {
  readonly what: string;
  readonly fault: Fault;
  readonly times: number;
  /** The trouble on the live line in the meantime; absent if there is none. */
  readonly trouble?: string;
}[] = [
  { what: 'an answer that comes late', fault: { kind: 'delay', delayMs: 1500 }, times: 1 },
  { what: 'an answer that drips in', fault: { kind: 'slow-body', bytesPerChunk: 16, chunkDelayMs: 5 }, times: 2 },
  { what: 'a connection that breaks', fault: { kind: 'drop' }, times: 2, trouble: 'network_unreachable' },
  {
    what: '429 with Retry-After 2',
    fault: { kind: 'status', status: 429, retryAfter: 2 },
    times: 1,
    trouble: 'too_many_requests',
  },
  { what: '500', fault: { kind: 'status', status: 500 }, times: 2, trouble: 'server_error' },
  {
    what: '503 with a page and Retry-After 2',
    fault: { kind: 'status', status: 503, retryAfter: 2, body: '<h1>Maintenance</h1>' },
    times: 1,
    trouble: 'server_error',
  },
  { what: 'a web page with status 200', fault: { kind: 'html' }, times: 2, trouble: 'captive_portal' },
  {
    what: 'a body of 1 MiB',
    fault: { kind: 'huge-body', bytes: mebibyte },
    times: 1,
    trouble: 'response_too_large',
  },
];

const answered = ({ kind }: Fault) =>
  asked('token').filter((poll) => poll.fault === kind && poll.finishedAt !== undefined).length;

test.describe('@security P2', () => {
  test.beforeAll(openConsole);
  test.beforeEach(startOver);
  test.afterAll(closeAll);

  for (const { what, fault, times, trouble } of pollingFaults) {
    test(`P2: ${what}, ${times} × while polling: the console continues with the same code and gets the license`, async () => {
      plant('token', fault, times);
      const userCode = await askForCode();
      if (trouble) await expect(app.page.getByTestId('poll-line')).toHaveAttribute('data-trouble', trouble);
      else await expect.poll(() => answered(fault)).toBe(times);
      await expect(app.userCode).toHaveText(userCode);
      await server.control.authorizeCode({ userCode, device });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      const polls = asked('token');
      expect(polls.filter((poll) => poll.fault === fault.kind)).toHaveLength(times);
      expect(asked('device_authorization')).toHaveLength(1);
      expect(polls.map(({ error }) => error)).not.toContain('slow_down');
      const waitMs = fault.kind === 'status' && fault.retryAfter === 2 ? 2000 : 1000;
      const [first, second] = polls;
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(waitMs - 20);
    });
  }

  test('P2: the answer with the license is lost: a message says so, one click gets a new code, and that one works', async ({
    openGrants,
  }) => {
    openGrants.mayStayOpen('an answer lost');
    const userCode = await askForCode();
    await expect.poll(() => asked('token').length).toBeGreaterThan(0);
    plant('token', { kind: 'drop-after-commit' }, 1);
    await server.control.authorizeCode({ userCode, device });
    await expect(app.failure('authorization_answer_lost')).toContainText('The answer was lost on the way');
    await app.button('Get a new code').click();
    await expect(app.userCode).not.toHaveText(userCode);
    await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('P2, T6: redirects to the sign-in page of a network while polling: named, not followed, and the code stays valid', async () => {
    plant('token', { kind: 'redirect', location: `${other.origin}/portal` }, 2);
    const userCode = await askForCode();
    await expect(app.page.getByTestId('poll-line')).toHaveAttribute('data-trouble', 'captive_portal');
    await expect.poll(() => answered({ kind: 'redirect', location: '' })).toBe(2);
    await expect(app.userCode).toHaveText(userCode);
    await server.control.authorizeCode({ userCode, device });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect(asked('device_authorization')).toHaveLength(1);
    expect(other.requests).toEqual([]);
  });

  test('P2: a redirect of the token endpoint: has its own message, is not followed or repeated; then it works', async () => {
    plant('token', { kind: 'redirect', location: '/elsewhere', status: 307 });
    await askForCode();
    await expect(app.failure('unexpected_redirect')).toContainText('The server redirects to another address');
    expect(asked('token')).toHaveLength(1);
    server.control.clearFaults();
    await app.button('Try again').click();
    await app.userCode.waitFor();
    await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('P2: a refresh whose answer is lost is sent exactly once, and the license stays', async ({ openGrants }) => {
    openGrants.mayStayOpen('an answer lost');
    await licenseIt();
    // A network stack may repeat a request only on a reused connection, so these refreshes establish one.
    for (let turn = 0; turn < 3; turn += 1) expect(await app.call('license.check')).toMatchObject({ ok: true });
    server.control.clearRequests();
    plant('token', { kind: 'drop-after-commit' }, 1);
    expect(await app.call('license.check')).toMatchObject({ ok: false, failure: { code: 'network_unreachable' } });
    expect(asked('token')).toHaveLength(1);
    expect(grants()).toHaveLength(1);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect(await storedLicense(app.userData)).not.toBeNull();
  });

  test('P2: refreshes with each of 7 faults: the license stays, the reason is shown, the next refresh works', async () => {
    await licenseIt();
    const faults = [
      ['network_unreachable', { kind: 'drop' }],
      ['too_many_requests', { kind: 'status', status: 429, retryAfter: 60 }],
      ['server_error', { kind: 'status', status: 503 }],
      ['captive_portal', { kind: 'html' }],
      ['captive_portal', { kind: 'redirect', location: `${other.origin}/portal` }],
      ['unexpected_redirect', { kind: 'redirect', location: '/elsewhere' }],
      ['token_signature_invalid', { kind: 'bad-signature' }],
    ] as const;
    for (const [code, fault] of faults) {
      const before = await app.field('tokenExpiry').textContent();
      plant('token', fault, 1);
      expect(await app.call('license.check')).toMatchObject({ ok: false, failure: { code } });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await expect(app.field('tokenExpiry')).toHaveText(before ?? '');
      await expect(app.failure(code)).toBeVisible();
      expect(await app.call('license.check')).toMatchObject({ ok: true });
      await expect(app.failure(code)).toBeHidden();
    }
    expect(other.requests).toEqual([]);
    console.log(`P2: ${faults.length} faults met by a refresh, ${faults.length} survived`);
  });
});

test.describe('@security P3', () => {
  test.beforeAll(openConsole);
  test.beforeEach(startOver);
  test.afterAll(closeAll);

  const check = () => app.call('profile.check', { issuer: server.issuer });

  test('P3: metadata of another issuer, and 12 endpoints that are not https: refused, nothing is sent there', async () => {
    const badMetadata: [string, Record<string, unknown>][] = [
      ['issuer_mismatch', { issuer: 'https://auth.example.com' }],
      ['issuer_mismatch', { issuer: other.origin }],
    ];
    for (const member of ['device_authorization_endpoint', 'token_endpoint', 'jwks_uri', 'revocation_endpoint'])
      for (const address of ['http://192.0.2.7/x', 'http://localhost.example.com/x', 'ftp://127.0.0.1/x'])
        badMetadata.push(['metadata_invalid', { [member]: address }]);
    for (const [code, members] of badMetadata) {
      plant('discovery', { kind: 'edit-json', members }, 1);
      expect(await check(), JSON.stringify(members)).toMatchObject({ ok: false, failure: { code } });
    }
    expect(other.requests).toEqual([]);
    expect(await check()).toMatchObject({ ok: true });
    console.log(`P3: ${badMetadata.length} kinds of bad metadata, ${badMetadata.length} refused`);
  });

  test('P3: redirects of discovery, codes, tokens, keys and revocation to another server: 0 requests arrive there', async () => {
    const redirect: Fault = { kind: 'redirect', location: `${other.origin}/elsewhere` };
    let tried = 0;
    for (const status of [301, 302, 303, 307, 308]) {
      plant('discovery', { ...redirect, status }, 1);
      expect(await check()).toMatchObject({
        ok: false,
        failure: { code: 'captive_portal', facts: { portal: new URL(other.origin).host } },
      });
      tried += 1;
    }
    plant('device_authorization', redirect, 1);
    await app.button('Next').click();
    await expect(app.failure('captive_portal')).toContainText('This network may want you to sign in');
    await app.call('acquisition.cancel');

    plant('token', redirect, 1);
    await askForCode();
    await expect(app.page.getByTestId('poll-line')).toHaveAttribute('data-trouble', 'captive_portal');
    await app.call('acquisition.cancel');

    server.control.rotateKeys({ keepOld: false });
    plant('jwks', redirect);
    await app.authorizeAt(server.control, device);
    await expect(app.failure('signing_keys_unavailable')).toContainText('cannot be checked right now');
    expect(await storedAccounts(app.userData)).toEqual([]);
    server.control.clearFaults();
    await takeUpWhatWasIssued();

    plant('revocation', redirect, 1);
    expect(await app.call('license.remove', { hereOnly: false })).toMatchObject({
      ok: false,
      failure: { code: 'revocation_failed', facts: { cause: 'captive_portal' } },
    });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    tried += 4;
    expect(other.requests).toEqual([]);
    console.log(`P3: ${tried} redirects, 0 requests arrived at the other server`);
  });

  test('P3: 50 MiB instead of metadata, code, token and keys: refused, main process grows by less than 20 MiB', async () => {
    test.skip(process.platform !== 'linux', 'Linux alone says how large a process has been');
    const huge: Fault = { kind: 'huge-body', bytes: 50 * mebibyte };
    const tooLarge = { ok: false, failure: { code: 'response_too_large' } };
    // The first request loads code that later ones reuse, so it is not measured.
    plant('discovery', { kind: 'huge-body', bytes: mebibyte }, 1);
    expect(await check()).toMatchObject(tooLarge);
    const grownMiB: number[] = [];
    const refuse = async (body: () => Promise<void>) => {
      const memory = watchMemory(app.electron.process().pid ?? 0);
      await body();
      grownMiB.push(memory.peakGrowthMiB());
    };
    const all = watchMemory(app.electron.process().pid ?? 0);
    const sent: number[] = [];
    const flood = await LocalServer.start((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      const turn = sent.push(0) - 1;
      const pour = () => {
        while ((sent[turn] ?? 0) < 50 * mebibyte && !response.destroyed) {
          sent[turn] = (sent[turn] ?? 0) + chunk.length;
          if (!response.write(chunk)) return void response.once('drain', pour);
        }
        return void response.end();
      };
      response.writeHead(200, { 'content-type': 'application/json' });
      pour();
    });
    for (let turn = 0; turn < 5; turn += 1)
      await refuse(async () =>
        expect(await app.call('profile.check', { issuer: flood.origin })).toMatchObject(tooLarge),
      );
    plant('device_authorization', huge, 1);
    await refuse(async () => expect(await app.call('acquisition.start')).toMatchObject(tooLarge));
    await app.call('acquisition.cancel');
    server.control.rotateKeys({ keepOld: false });
    plant('token', huge, 1);
    plant('jwks', huge, 1);
    await refuse(async () => {
      await app.authorizeAt(server.control, device);
      await expect(app.failure('signing_keys_unavailable')).toBeVisible();
    });
    expect(await storedAccounts(app.userData)).toEqual([]);
    const largestMiB = Math.max(...grownMiB);
    const allMiB = all.growthMiB();
    const sentMiB = Math.max(...sent) / mebibyte;
    console.log(
      `P3: 8 bodies of 50 MiB refused; the main process grew by ${largestMiB.toFixed(1)} MiB at most over one, ` +
        `${allMiB.toFixed(1)} MiB over all; servers got rid of ${sentMiB.toFixed(1)} MiB at most, system buffers included`,
    );
    expect(largestMiB).toBeLessThan(20);
    expect(allMiB).toBeLessThan(50);
    // The console closed the connection; it did not just stop reading.
    expect(sentMiB).toBeLessThan(50);
    await flood.close();
    await takeUpWhatWasIssued();
  });

  test('P3: silence and a stalling body: given up after 30 s, and the screen responds meanwhile', async () => {
    const stalling = await LocalServer.start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"issuer":');
    });
    plant('discovery', { kind: 'delay', delayMs: 60_000 }, 1);
    const timed = async (issuer: string) => {
      const startedAt = performance.now();
      return { answer: await app.call('profile.check', { issuer }), seconds: (performance.now() - startedAt) / 1000 };
    };
    const silence = Promise.all([timed(server.issuer), timed(stalling.origin)]);
    await app.page.getByRole('navigation').getByRole('button', { name: 'Help' }).click();
    await expect(app.page.getByRole('heading', { name: 'Help', exact: true })).toBeVisible();
    await app.page.getByRole('navigation').getByRole('button', { name: 'License' }).click();
    for (const { answer, seconds } of await silence) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'request_timeout' } });
      expect(seconds).toBeGreaterThan(29);
      expect(seconds).toBeLessThan(33);
      console.log(`P3: given up after ${seconds.toFixed(1)} s`);
    }
    await stalling.close();
  });
});

const badTokens: readonly [what: string, code: string, words: string, spoil: Fault | ClaimOverride][] = [
  ['a spoiled signature', 'token_signature_invalid', 'The license token is not genuine', { kind: 'bad-signature' }],
  [
    'a text that is no token',
    'token_malformed',
    'cannot be read',
    { kind: 'edit-json', members: { access_token: 'opaque-reference' } },
  ],
  ['a wrong audience', 'token_audience_mismatch', 'is for another product', { set: { aud: 'urn:other:product' } }],
  [
    'another issuer',
    'token_issuer_mismatch',
    'comes from another server',
    { set: { iss: 'https://auth.example.com' } },
  ],
  ['the mark of an ID token', 'token_type_invalid', 'another kind of token', { set: { at_hash: 'c2lnbmF0dXJl' } }],
  ['another type', 'token_type_invalid', 'another kind of token', { header: { typ: 'logout+jwt' } }],
  ['no expiry', 'token_malformed', 'cannot be read', { drop: ['exp'] }],
  [
    'an expiry in the past',
    'token_expired',
    'had already expired',
    { set: { iat: 1_600_000_000, exp: 1_600_003_600 } },
  ],
  [
    'a date in the future',
    'token_issued_in_future',
    'is dated in the future',
    { set: { iat: 4_000_000_000, exp: 4_000_003_600 } },
  ],
  ['no license details', 'license_details_missing', 'came without license details', { drop: ['server_id'] }],
];

test.describe('@security P4', () => {
  test.beforeAll(openConsole);
  test.beforeEach(startOver);
  test.afterAll(closeAll);

  for (const [what, code, words, spoil] of badTokens) {
    test(`P4: a license token with ${what}: ${code}, nothing is stored, and the grant is revoked`, async () => {
      if ('kind' in spoil) plant('token', spoil);
      else server.control.overrideClaims({ device, ...spoil });
      await app.expectAudience(code === 'token_audience_mismatch' ? undefined : null);
      await app.authorizeAt(server.control, device);
      await expect(app.failure(code)).toContainText(words);
      await expectNothingKept();
      expect(asked('revocation').map(({ status }) => status)).toEqual([200]);
    });
  }

  test('P4: a renewal date in each of the 4 forms is read, with and without a zone', async () => {
    const forms: [claims: Record<string, unknown>, endsAt: number][] = [
      [{ license_renewal_date: '2099-06-15', license_time_zone: 'America/New_York' }, Date.UTC(2099, 5, 16, 4)],
      [{ license_renewal_date: '2098-06-15', license_time_zone: undefined }, Date.UTC(2098, 5, 16)],
      [{ license_renewal_date: '2097-06-15T12:00:00-05:00' }, Date.UTC(2097, 5, 15, 17)],
      [{ license_renewal_date: Date.UTC(2096, 5, 15, 12) / 1000 }, Date.UTC(2096, 5, 15, 12)],
      [
        { license_renewal_date: '2095-06-15T12:00:00', license_time_zone: 'Eastern Standard Time' },
        Date.UTC(2095, 5, 15, 16),
      ],
    ];
    server.control.overrideClaims({ device, set: forms[0]?.[0] ?? {} });
    await licenseIt();
    for (const [claims, endsAt] of forms) {
      server.control.overrideClaims({ device, set: claims });
      expect(await app.call('license.check')).toMatchObject({ ok: true });
      expect((await app.state()).license?.details.renewalDate?.endsAt).toBe(endsAt);
      await expect(app.field('renewalDate')).toContainText(`15 June ${new Date(endsAt).getUTCFullYear()}`);
    }
    console.log(`P4: ${badTokens.length} bad tokens refused, ${forms.length} forms of a renewal date read`);
  });

  test('P4: a bad token at a refresh replaces nothing, and its message is shown', async () => {
    await app.expectAudience();
    await licenseIt();
    const before = await storedLicense(app.userData);
    server.control.overrideClaims({ device, set: { aud: 'urn:other:product' } });
    await app.button('Check License Now').click();
    await expect(app.failure('token_audience_mismatch')).toContainText('is for another product');
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const after = await storedLicense(app.userData);
    expect(after?.accessToken).toBe(before?.accessToken);
    // The new refresh token is stored: the old one is used up, and sending it again would end the grant.
    expect(after?.refreshToken).not.toBe(before?.refreshToken);
    server.control.clearClaimOverrides();
    await app.button('Check License Now').click();
    await expect(app.failure('token_audience_mismatch')).toBeHidden();
  });
});

const clockWrong = "This computer's clock is wrong";
const clockNotice = () => app.page.locator('.notice', { hasText: clockWrong });
const judgedAt = async () => (await app.state()).license?.evaluation.judgedAt ?? 0;

test.describe('@security @time P6', () => {
  test.beforeEach(startServer);
  test.afterEach(async () => {
    await app.close();
    await server.close();
  });

  for (const [name, offsetMs] of [
    ['+1 h', hourMs],
    ['-1 d', -dayMs],
    ['+1 d', dayMs],
    ['-1 y', -365 * dayMs],
    ['+1 y', 365 * dayMs],
  ] as const) {
    test(`P6: the clock is ${name} off: one code is enough for license and refresh, and the clock is named`, async () => {
      app = await ConsoleApp.launch({
        issuer: server.issuer,
        serverName: device,
        env: { FLC_TEST_CLOCK_OFFSET_MS: String(offsetMs) },
      });
      await licenseIt();
      expect(asked('device_authorization')).toHaveLength(1);
      await expect(clockNotice()).toContainText('For license dates, the console uses the trusted time.');
      expect(Math.abs((await judgedAt()) - Date.now())).toBeLessThan(5000);
      await app.button('Check License Now').click();
      await expect(app.page.getByTestId('check-outcome')).toHaveText(/^Checked at .*The license is unchanged/);
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await expect(clockNotice()).toBeVisible();
      await app.setClockOffset(0);
      expect(await app.call('license.check')).toMatchObject({ ok: true });
      await expect(clockNotice()).toBeHidden();
    });
  }

  test('P6: the clock jumps while a code is polled and while licensed: neither code nor license is lost', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    const userCode = await askForCode();
    await app.setClockOffset(10 * 365 * dayMs);
    await expect.poll(() => asked('token').length).toBeGreaterThan(1);
    await app.setClockOffset(-10 * 365 * dayMs);
    await server.control.authorizeCode({ userCode, device });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect(clockNotice()).toBeVisible();
    for (const offsetMs of [-10 * 365 * dayMs, 10 * 365 * dayMs]) {
      await app.setClockOffset(offsetMs);
      expect(await app.call('license.check')).toMatchObject({ ok: true });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await expect(clockNotice()).toBeVisible();
    }
  });

  test('T1: offline restarts with the clock at -1 d, -10 y, +10 y and in other zones: the right status, the clock is named, nothing is lost', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await licenseIt();
    const { userData } = app;
    const serverId = await app.field('serverId').textContent();
    const tokens = await storedLicense(userData);
    await app.close();
    await server.stop();
    const restart = async (env: Record<string, string>) => {
      app = await ConsoleApp.launch({ userData, env });
      await expect(app.field('serverId')).toHaveText(serverId ?? '');
      await expect(app.page.getByRole('button', { name: 'Next', exact: true })).toBeHidden();
      await expect.poll(async () => (await app.state()).connection.state).toBe('offline');
    };
    for (const offsetMs of [-dayMs, -3650 * dayMs]) {
      const markAt = trustedMark(userData);
      await restart({ FLC_TEST_CLOCK_OFFSET_MS: String(offsetMs) });
      await expect(app.status).toHaveText('Licensed');
      await expect(clockNotice()).toContainText('For license dates, the console uses the trusted time.');
      // Setting the clock back never extends a license: trusted time continues from the mark.
      expect(await judgedAt()).toBeGreaterThanOrEqual(markAt);
      expect((await judgedAt()) - markAt).toBeLessThan(60_000);
      await app.close();
      expect(trustedMark(userData)).toBeGreaterThanOrEqual(markAt);
    }
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin']) {
      await restart({ TZ: zone });
      await expect(app.status).toHaveText('Licensed');
      await expect(clockNotice()).toBeHidden();
      await app.close();
    }
    const markAt = trustedMark(userData);
    await restart({ FLC_TEST_CLOCK_OFFSET_MS: String(3650 * dayMs) });
    await expect(app.status).toHaveText('Expired – Requires Renewal');
    await expect(app.page.getByText('its clock may be set ahead')).toBeVisible();
    await app.close();
    // The jump was believed while nothing contradicted it, but it was not stored as trusted time.
    expect(trustedMark(userData) - markAt).toBeLessThan(60_000);
    expect(await storedLicense(userData)).toEqual(tokens);

    await server.start();
    app = await ConsoleApp.launch({ userData });
    await expect(app.status).toHaveText('Licensed');
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    await expect(clockNotice()).toBeHidden();
  });

  test('T1: +10 y ahead and back online: the server’s date corrects it at once', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await licenseIt();
    await app.close();
    app = await ConsoleApp.launch({
      userData: app.userData,
      env: { FLC_TEST_CLOCK_OFFSET_MS: String(3650 * dayMs) },
    });
    await expect(app.status).toHaveText('Licensed');
    await expect(clockNotice()).toBeVisible();
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });
});

/** The mark of trusted time in a profile folder. */
function trustedMark(userData: string): number {
  const path = `${userData}/license.${onlyProfileId(userData)}.json`;
  return (JSON.parse(readFileSync(path, 'utf8')) as { trustedAt: number }).trustedAt;
}

/** Measures a process's memory growth from now on, now and at its peak. Linux records the peak and allows resetting it. */
function watchMemory(pid: number): { growthMiB(): number; peakGrowthMiB(): number } {
  const status = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const startMiB = status('VmRSS');
  return { growthMiB: () => status('VmRSS') - startMiB, peakGrowthMiB: () => status('VmHWM') - startMiB };
}
