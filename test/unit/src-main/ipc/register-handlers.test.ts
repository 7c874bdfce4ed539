import type { WebContents, WebFrameMain } from 'electron';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../../src-shared/failure-codes.ts';
import { type IpcCall, ipcCallChannel } from '../../../../src-shared/window/ipc-channels.ts';
import { ipcCalls, type IpcHandlers, isOfShownServer } from '../../../../src-shared/window/ipc-contract.ts';
import { profileDefaults } from '../../../../src-shared/servers/profile-defaults.ts';
import { type Result, succeed } from '../../../../src-shared/result.ts';
import { answerCall, registerHandlers } from '../../../../src-main/ipc/register-handlers.ts';
import { MemoryLog } from '../../../fakes/memory-log.ts';
import { said, tries } from '../../../fakes/tries.ts';

const calls = Object.keys(ipcCalls) as IpcCall[];
const settings = { ...profileDefaults, issuer: 'https://auth.example', edition: 'store', serverName: 'Store 014' };

/** A good payload for every call that takes one. */
const goodPayloads: Partial<Record<IpcCall, unknown>> = {
  'notice.dismiss': { id: 'settings_unreadable' },
  'page.failed': { part: 'settings', error: 'TypeError: x is null', at: 'SettingsPage.js:1:2' },
  'profile.check': { issuer: 'https://auth.example' },
  'profile.save': settings,
  'profile.add': settings,
  'profile.add_unchecked': settings,
  'profile.edit': { id: 'p1', settings },
  'profile.rename': { id: 'p1', serverName: 'Store 015' },
  'profile.forget': { id: 'p1', license: 'leave_open' },
  'profile.choose': { id: 'p1' },
  'background.answer': { keepRunning: true },
  'background.answer_help': { keepHelping: true },
  'background.keep_running': { on: true },
  'background.start_at_login': { on: false },
  'acquisition.open_verification': { codeFilledIn: true },
  'license.remove': { hereOnly: false },
  'license.copy_field': { field: 'serverId' },
  'pane.show': { open: true },
  'pane.place': { x: 0, y: 0, width: 100, height: 100, visible: true },
  'pane.split': { percent: 45 },
  'pane.zoom': { change: 'in' },
  'pane.find': { text: 'Device', backwards: false },
  'pane.sign_out_when_finished': { on: true },
  'sign_in.answer': { id: 1, name: 'mel', password: 'canary-password' },
  'sign_in.choose_certificate': { id: 1, certificate: 0 },
  'sign_in.cancel': { id: 1 },
  'offer.confirm_issuer': { id: 'pairing-1', issuer: 'https://auth.example.com' },
  'offer.refuse_issuer': { id: 'pairing-1', issuer: 'https://auth.example.com' },
  'offer.disconnect': { id: 'pairing-1' },
  'offer.authorize': { id: 'pairing-1' },
  'offer.copy_code': { id: 'pairing-1' },
  'laptop.pair': { address: '192.168.137.1', code: 'K7QF-93TX' },
  'alert.snooze': { profileId: 'p1', cause: 'token_expires_soon' },
  'alert.show': { profileId: 'p1', cause: 'clock_wrong' },
  'notifications.quiet_hours': { on: true, from: '22:00', to: '07:00' },
  'board.note': { key: { kind: 'own', id: 'p1' }, note: 'Rack in the office' },
  'board.archive': { key: { kind: 'reported', id: 'r-1' }, archived: true },
  'board.forget_reported': { id: 'r-1' },
  'local_api.change': { on: true, tcpPort: 47_215, expiredPeers: 'warn' },
  'local_api.create_client': { name: 'POS server', may: ['read', 'verify'] },
  'local_api.revoke_client': { id: 'c1' },
  'local_api.copy_address': { of: 'socket' },
  'diagnostics.read': { name: 'README.txt' },
  'peers.copy': { key: 'register-3' },
  'appearance.theme': { theme: 'dark' },
  'handover.keep': { installedBy: 'Maria Gómez' },
  'support.reach': { by: 'phone' },
  'support.copy': { code: 'server_error' },
};

/** Handlers that only record what reached them. */
function remembering() {
  const received: { readonly call: IpcCall; readonly request: unknown }[] = [];
  const handlers = Object.fromEntries(
    calls.map((call) => [
      call,
      async (request: unknown): Promise<Result<unknown>> => {
        received.push({ call, request });
        return succeed(null);
      },
    ]),
  ) as unknown as IpcHandlers;
  return { received, handlers };
}

const payloads = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  }),
  fc.jsonValue(),
  // Near misses: the right names with other values, and more of them.
  fc
    .constantFrom(...Object.values(goodPayloads))
    .chain((good) =>
      fc
        .dictionary(fc.constantFrom(...Object.keys(good as object), '__proto__', 'constructor', 'extra'), fc.anything())
        .map((changes) => ({ ...(good as object), ...changes })),
    ),
  fc.constantFrom(100, 10_000, 1_000_000).map((length) => {
    const long = 'x'.repeat(length);
    return { issuer: long, id: long, code: long };
  }),
);

describe(`E4: the payloads of ${calls.length} calls`, () => {
  it.each(calls)(`%s parses each of ${said(300)} random payloads before its handler, without a crash`, async (call) => {
    const log = new MemoryLog();
    await fc.assert(
      fc.asyncProperty(payloads, async (payload) => {
        const { received, handlers } = remembering();
        const answer = await answerCall(call, payload, handlers, log);
        const parsed = ipcCalls[call].safeParse(payload);
        if (parsed.success) {
          // The handler gets the parsed payload, without members that the schema does not name.
          expect(received).toEqual([{ call, request: parsed.data }]);
          expect(answer.ok).toBe(true);
        } else {
          expect(received).toEqual([]);
          expect(answer).toMatchObject({ ok: false, failure: { code: 'request_malformed' } });
        }
      }),
      { numRuns: tries(300) },
    );
    expect(log.lines).toEqual([]);
  });

  it.each(calls)('%s accepts a good payload, and only the members in the contract', async (call) => {
    const { received, handlers } = remembering();
    const good = goodPayloads[call];
    const payload = good === undefined ? undefined : { ...(good as object), token: 'canary', toString: 5 };
    expect((await answerCall(call, payload, handlers, new MemoryLog())).ok).toBe(true);
    expect(received).toEqual([{ call, request: good }]);
  });

  it.each(calls.filter((call) => goodPayloads[call] === undefined))('%s accepts no payload', async (call) => {
    const { handlers } = remembering();
    for (const payload of [null, {}, [], 0, '', false]) {
      expect((await answerCall(call, payload, handlers, new MemoryLog())).ok).toBe(false);
    }
  });

  it.each([
    ['pane.place', { x: -1, y: 0, width: 1, height: 1, visible: true }],
    ['pane.place', { x: 0, y: 0, width: 1e9, height: 1, visible: true }],
    ['pane.place', { x: Number.NaN, y: 0, width: 1, height: 1, visible: true }],
    ['pane.place', { x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: 1, visible: true }],
    ['pane.split', { percent: 9.9 }],
    ['pane.split', { percent: 91 }],
    ['pane.zoom', { change: 'much' }],
    ['pane.find', { text: 'x'.repeat(201), backwards: false }],
    ['license.copy_field', { field: 'accessToken' }],
    ['license.copy_field', { field: '__proto__' }],
    ['license.remove', { hereOnly: 'yes' }],
    ['license.remove', {}],
    ['profile.save', { ...settings, edition: 'enterprise' }],
    ['profile.save', { ...settings, serverName: 'a\u0000b' }],
    ['profile.save', { ...settings, scope: '' }],
    ['profile.edit', { id: 'p1', settings: { ...settings, scope: '' } }],
    ['profile.edit', settings],
    ['profile.rename', { id: 'p1', serverName: ' ' }],
    ['profile.rename', { id: 'p1', serverName: 'x'.repeat(101) }],
    ['handover.keep', { installedBy: 'x'.repeat(81) }],
    ['profile.forget', { id: 'p1' }],
    ['profile.forget', { id: 'x'.repeat(65), license: 'none' }],
    ['profile.choose', { id: 'x'.repeat(65) }],
    ['alert.snooze', { profileId: 'p1', cause: 'back_to_normal' }],
    ['notifications.quiet_hours', { on: true, from: '24:00', to: '07:00' }],
    ['notifications.quiet_hours', { on: true, from: '22:00', to: '7:00' }],
    ['notifications.quiet_hours', { on: 'yes', from: '22:00', to: '07:00' }],
  ] as const)('%s refuses %j', async (call, payload) => {
    const { received, handlers } = remembering();
    expect(await answerCall(call, payload, handlers, new MemoryLog())).toMatchObject({
      failure: { code: 'request_malformed' },
    });
    expect(received).toEqual([]);
  });
});

describe('E4: a handler that fails', () => {
  /** It looks like a refresh token. */
  const canary = 'q3N0w8bJ2mVx1yRk7ZtLpAhUeCfGdSiOoPaQsWdEfRg';
  it.each([
    [
      'throws',
      () => {
        throw new TypeError(`not a token: ${canary}`);
      },
    ],
    ['rejects', () => Promise.reject(new Error(canary))],
    [
      'throws a string',
      () => {
        throw canary;
      },
    ],
    ['is missing', undefined],
  ])('is answered with internal_error and logged without secrets, if it %s', async (_name, handler) => {
    const log = new MemoryLog();
    const handlers = { 'console.read': handler } as unknown as IpcHandlers;
    const answer = await answerCall('console.read', undefined, handlers, log);
    expect(answer).toEqual({ ok: false, failure: { code: 'internal_error', remedy: 'copy_for_support' } });
    expect(failureCodes).toContain('internal_error');
    const stack = expect.stringMatching(/Error|\[removed\]/) as string;
    expect(log.said).toEqual([{ level: 'error', area: 'window', event: 'call_failed', call: 'console.read', stack }]);
    expect(log.text).not.toContain(canary.slice(0, 24));
  });
});

describe('E4: the registered handlers', () => {
  function registered() {
    type Listener = (event: unknown, payload: unknown, seen?: unknown) => Promise<Result<unknown>>;
    const channels = new Map<string, Listener>();
    const mainFrame = { url: 'fusion-console://app/index.html', parent: null } as unknown as WebFrameMain;
    const contents = {
      mainFrame,
      ipc: {
        handle: (channel: string, listener: Listener) => channels.set(channel, listener),
      },
    } as unknown as WebContents;
    const { received, handlers } = remembering();
    const answered: Promise<unknown>[] = [];
    const promptly = <T>(act: () => Promise<T>): Promise<T> => {
      const answer = act();
      answered.push(answer);
      return answer;
    };
    registerHandlers(contents, 'fusion-console://app', handlers, {
      shownProfileId: () => 'shown',
      log: new MemoryLog(),
      changes: { promptly },
    });
    return { channels, mainFrame, received, answered };
  }

  it('exist for each call of the contract, each on its channel, and for no other', () => {
    expect([...registered().channels.keys()].toSorted()).toEqual(calls.map(ipcCallChannel).toSorted());
  });

  it(`refuse ${calls.length} calls from every wrong sender`, async () => {
    const { channels, mainFrame, received } = registered();
    const senders = [
      null,
      { url: 'https://auth.example/', parent: null },
      { url: 'fusion-console://app/index.html', parent: mainFrame },
      { url: 'fusion-console://app/index.html', parent: null },
      { url: '', parent: null },
    ];
    for (const call of calls) {
      for (const senderFrame of senders) {
        const answer = await channels.get(ipcCallChannel(call))?.({ senderFrame }, goodPayloads[call]);
        expect(answer).toMatchObject({ ok: false, failure: { code: 'request_malformed' } });
      }
    }
    expect(received).toEqual([]);
  });

  const ofShown = calls.filter(isOfShownServer);

  it('change nothing at a server that the page did not show', async () => {
    expect(ofShown).toEqual(expect.arrayContaining(['license.remove', 'acquisition.start', 'keychain.unlock']));
    const { channels, mainFrame, received } = registered();
    const codesFor = async (seen: unknown) => {
      const answers = await Promise.all(
        calls.map(
          async (call): Promise<unknown> =>
            channels.get(ipcCallChannel(call))?.({ senderFrame: mainFrame }, goodPayloads[call], seen),
        ),
      );
      const read = answers.map(
        (answer) => (typeof answer === 'string' ? JSON.parse(answer) : answer) as Result<unknown>,
      );
      return read.flatMap((answer) => (answer.ok ? [] : [answer.failure.code]));
    };
    for (const seen of ['another', null, 5]) {
      received.length = 0;
      expect(await codesFor(seen)).toEqual(ofShown.map(() => 'another_server_shown'));
      expect(received.filter(({ call }) => isOfShownServer(call))).toEqual([]);
    }
    expect(await codesFor('shown')).toEqual([]);
  });

  it(`answer ${calls.length} calls from the console’s own page, so that what they change is shown with the answer`, async () => {
    const { channels, mainFrame, received, answered } = registered();
    for (const call of calls) {
      const answer: unknown = await channels.get(ipcCallChannel(call))?.(
        { senderFrame: mainFrame },
        goodPayloads[call],
      );
      expect(typeof answer).toBe(call === 'board.read' ? 'string' : 'object');
      expect(typeof answer === 'string' ? JSON.parse(answer) : answer).toMatchObject({ ok: true });
    }
    expect(received.map(({ call }) => call)).toEqual(calls);
    expect(answered).toHaveLength(calls.length);
  });
});
