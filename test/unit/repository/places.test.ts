import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents, WebFrameMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../src-main/commands/command-table.ts';
import { historyCsv, historyFileName } from '../../../src-main/history/history-csv.ts';
import { thrownText } from '../../../src-main/adapters/disk/structured-log.ts';
import { ConsoleModel } from '../../../src-main/desktop/console-model.ts';
import { supportSummary } from '../../../src-main/diagnostics/support-text.ts';
import { licenseFieldText } from '../../../src-main/ipc/license-handlers.ts';
import { peerSummary } from '../../../src-main/peers/peer-summary.ts';
import { summaryFileName } from '../../../src-main/ipc/export-handlers.ts';
import { registerHandlers } from '../../../src-main/ipc/register-handlers.ts';
import { evaluateLicense } from '../../../src-main/license/evaluate-license.ts';
import { parseLicenseClaims } from '../../../src-main/tokens/license-claims.ts';
import { licenseAnswer, verifyAnswerText } from '../../../src-main/local-api/served-answers.ts';
import { administratorEvent } from '../../../src-main/notifications/administrator-event.ts';
import { NotificationService } from '../../../src-main/notifications/notification-service.ts';
import { claimedPeer } from '../../../src-main/peers/claimed-peer.ts';
import { alertCauses } from '../../../src-shared/notifications/alert.ts';
import { mergeRuns } from '../../../src-shared/history/history-runs.ts';
import { type IpcCall, ipcCallChannel } from '../../../src-shared/window/ipc-channels.ts';
import { ipcCalls, type IpcHandlers } from '../../../src-shared/window/ipc-contract.ts';
import { firstPaintMarkup } from '../../../src-shared/window/first-paint.ts';
import { failure, succeed } from '../../../src-shared/result.ts';
import { shownJson } from '../../../src-shared/text/shown-text.ts';
import { trayView } from '../../../src-shared/window/tray-view.ts';
import { licenseFields } from '../../../src-shared/license/license-details.ts';
import { words } from '../../../src-shared/words/words.ts';
import { CommandsAtWork } from '../../fakes/commands-at-work.ts';
import { everyEvent } from '../../fakes/every-event.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { HandTimer } from '../../fakes/hand-timer.ts';
import { ListedAdministrator, ListedNotifier } from '../../fakes/listed-notifier.ts';
import { MemoryDocuments } from '../../fakes/memory-documents.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemoryTerminal } from '../../fakes/memory-terminal.ts';
import { nastyIn, nastySign } from '../../fakes/nasty-texts.ts';
import { aboutConsole } from '../../fakes/about-console.ts';
import { acceptedPeer, servedStanding } from '../../fakes/served-license.ts';
import { standing } from '../../fakes/standing.ts';
import { licenseClaims } from '../../fakes/token-signer.ts';
import { settled, until } from '../../fakes/until.ts';
import { type ConsoleStateName, consoleStates } from '../../gallery/console-states.ts';
import { historyOf } from '../../gallery/histories.ts';
import { localApiOf, peersOf } from '../../gallery/registers.ts';

/** A word of the program's own, such as a state or a code, and not a text. */
const isWord = (text: string, name: string): boolean => /^[a-z]+(_[a-z]+)*$/.test(text) && name !== 'name';

/** The same value with a nasty text in each of its texts, whichever members it has. */
function soiled<T>(value: T, name = ''): T {
  if (typeof value === 'string') return (isWord(value, name) ? value : soil(value)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => soiled(each, name)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, soiled(each, key)])) as T;
}

function soil(text: string): string {
  if (/^https?:/.test(text)) return text.replace('://', '://someone:pаss@ü').concat('/', nastySign);
  // A date stays a date, since the program writes it.
  return /^\d{4}-\d\d-\d\d|^\d\d:\d\d$/.test(text) ? text : `${nastySign}${text}${nastySign}!`;
}

function expectClean(value: unknown): void {
  const seen =
    typeof value === 'string' ? value : JSON.stringify(value, (name, each: unknown) => (name === 'key' ? '' : each));
  // JSON writes line ends and control characters as codes, so it is parsed first.
  const texts = typeof value === 'string' ? [value] : textsIn(value);
  for (const text of texts) expect(nastyIn(text), JSON.stringify(text)).toBeUndefined();
  expect(seen).not.toContain('someone:');
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (name === 'key' ? [] : textsIn(each)));
}

/** Every claim of a license token with nasty texts, and some that cannot be read. */
const issuedAt = Date.UTC(2026, 10, 24, 12);
const nastyClaims = {
  ...soiled(licenseClaims(issuedAt)),
  edition: `galactic${nastySign}`,
  license_renewal_date: `some day${nastySign}`,
  features: [`pos${nastySign}`, ['a', nastySign]],
};
const read = parseLicenseClaims(nastyClaims);
if (!read.ok) throw new Error(read.failure.code);
const { details } = read.value;
const license = { details, evaluation: evaluateLicense(details, issuedAt) };

const calls = Object.keys(ipcCalls) as IpcCall[];
const names = Object.keys(consoleStates) as ConsoleStateName[];

/** What the main process sends to the window about a state. */
function told(state: object) {
  const changes = { subscribe: () => () => {} };
  return new ConsoleModel({ clock: new FakeClock(), changes, read: () => state as never }).snapshot();
}

describe('a license with misleading characters', () => {
  it('keeps its values as they were signed', () => {
    expect(details.serverId).toContain(nastySign);
    expect(details.organization?.id).toContain(nastySign);
    expect(details.unclear?.map(({ claim }) => claim)).toEqual(
      expect.arrayContaining(['edition', 'license_renewal_date', 'features']),
    );
  });

  it.each(['\u200B', ' \u00A0\u3000', '\u2066\u2069', '\u{E0041}', '\u3164\u2800', '\u0301', '\uFEFF'])(
    'is refused if its Server ID shows no character: %j',
    (serverId) => {
      expect(parseLicenseClaims({ ...nastyClaims, server_id: serverId })).toMatchObject({
        failure: { code: 'license_details_missing' },
      });
      expect(claimedPeer({ server_id: serverId })).toBeNull();
    },
  );
});

describe('the window', () => {
  it.each(names)('gets no misleading characters in the state %s', (name) => {
    const state = soiled(consoleStates[name]);
    const snapshot = told({ ...state, ...(state.license ? { license } : {}) });
    expectClean(snapshot);
    expect(nastyIn(firstPaintMarkup(snapshot), true)).toBeUndefined();
    // What the main process makes it of, and here for the clipboard.
    expect(nastyIn(supportSummary(snapshot, 'server_error', aboutConsole), true)).toBeUndefined();
    for (const failed of [snapshot.refresh.lastFailure, snapshot.keychain].filter((each) => each != null))
      expectClean(words.failureWords(failed));
    for (const field of snapshot.license ? licenseFields : [])
      expectClean(licenseFieldText(snapshot.license ?? license, field));
  });

  // All calls are answered in the same way. These need no request.
  it.each(calls.filter((call) => ipcCalls[call].safeParse(undefined).success))(
    'gets no misleading characters as the answer to %s',
    async (call) => {
      const found = soiled([
        historyOf('history-was-off'),
        peersOf('registers-long-names'),
        localApiOf('registers-long-names'),
        failure('server_error', { detail: 'Server' }),
      ]);
      const answering = async () => succeed(found);
      const handled = new Map<string, (event: unknown, payload: unknown) => Promise<unknown>>();
      const frame = { parent: null, url: 'console://app/index.html' };
      const contents = {
        mainFrame: frame as unknown as WebFrameMain,
        ipc: { handle: (channel: string, does: never) => handled.set(channel, does) },
      };
      const handlers = Object.fromEntries(
        Object.keys(ipcCalls).map((each) => [each, answering]),
      ) as unknown as IpcHandlers;
      registerHandlers(contents as unknown as WebContents, 'console://app', handlers, {
        shownProfileId: () => 'shown',
        log: new MemoryLog(),
        changes: { promptly: (act) => act() },
      });
      const answer = await handled.get(ipcCallChannel(call))?.({ senderFrame: frame }, undefined);
      expectClean(typeof answer === 'string' ? JSON.parse(answer) : answer);
    },
  );

  it('gets texts only through the IPC handlers and the snapshots of the state', () => {
    expect(filesWith('src-main', /\.ipc\.handle\(|ipcMain\.(handle|on)\(/)).toEqual([
      'src-main/ipc/register-handlers.ts',
    ]);
    expect(filesWith('src-main', /webContents\.send\(/)).toEqual(['src-main/desktop/console-screen.ts']);
    expect(filesWith('src-renderer', /\.licenseConsole\b/)).toEqual(['src-renderer/state/bridge.ts']);
    const screen = textOf('src-main/desktop/console-screen.ts');
    // Its own words, except in the snapshots and the name of a saved file.
    expect(screen.match(/webContents\.send\(.*/g)).toHaveLength(5);
    expect(screen).toContain("webContents.send(ipcEventChannel('download.ended'), shown(outcome))");
    expect(screen).toContain('firstPage(document, this.#model.snapshot()');
  });

  it('copies no misleading characters of a peer', () => {
    for (const seen of soiled(peersOf('registers-long-names')).peers)
      expect(nastyIn(peerSummary(seen, `Store${nastySign}`), true)).toBeUndefined();
  });
});

/** Command lines for each command, so that it prints everything it can. */
const asked: Readonly<Record<string, readonly string[]>> = {
  status: ['status'],
  acquire: ['acquire --again --no-qr'],
  refresh: ['refresh'],
  remove: ['remove --yes'],
  token: ['token', 'token --show'],
  verify: ['verify --token-file=t'],
  api: ['api'],
  profiles: ['profiles'],
  diagnose: ['diagnose'],
  handover: ['handover'],
  help: ['help'],
};

describe('the terminal', () => {
  it('is tested with every command', () => {
    expect(Object.keys(asked).toSorted()).toEqual([...commandNames].toSorted());
  });

  it.each(commandNames.flatMap((name) => asked[name] ?? []).flatMap((line) => [line, `${line} --json`]))(
    'shows no misleading characters after %s',
    async (line) => {
      const at = await CommandsAtWork.create();
      at.console.server.device = soiledClaims();
      await at.console.acquire();
      at.console.server.fault = (endpoint) =>
        endpoint === 'token' && line.startsWith('refresh')
          ? {
              after: {
                ok: true,
                answer: {
                  status: 400,
                  headers: {},
                  body: JSON.stringify({ error: 'invalid_request', error_description: `No${nastySign}more` }),
                },
              } as never,
            }
          : undefined;
      at.verdict = soiled({ ...acceptedPeer });
      const asking = new MemoryTerminal();
      asking.input = succeed('a.b.c');
      const { out, err } = await at.run(
        line,
        async (terminal) => {
          if (!line.startsWith('acquire')) return;
          await until(() => terminal.out.includes(at.console.userCodes.at(-1) ?? ' '), 'a code');
          at.console.server.authorize();
          await at.console.timer.advance(6_000);
        },
        asking,
      );
      if (line.startsWith('verify')) expect(out).toContain('egister');
      for (const text of [out, err]) expect(nastyIn(text, true), JSON.stringify(text)).toBeUndefined();
      expect(`${out}${err}`).not.toContain('someone:');
      expect(`${out}${err}`).not.toBe('');
      if (line === 'status --json') {
        const { servers } = JSON.parse(out);
        expect(servers[0]).toMatchObject({
          server_id: details.serverId,
          organization: { id: details.organization?.id },
        });
        expectClean(servers[0].organization.name);
        expectClean(servers[0].hub.url);
        expectClean(servers[0].license_name);
      }
    },
  );
});

/** The claims of the licensed device. Signer and audience are right. */
function soiledClaims(): Record<string, unknown> {
  const own = new Set(['iss', 'sub', 'aud', 'client_id', 'jti', 'iat', 'exp', 'device_type']);
  return Object.fromEntries(Object.entries(nastyClaims).filter(([name]) => !own.has(name)));
}

describe('texts outside the window have no misleading characters', () => {
  const nasty = soiled(standing(issuedAt));

  it('in notifications', async () => {
    const clock = new FakeClock();
    const notifier = new ListedNotifier();
    const administrator = new ListedAdministrator();
    administrator.state = { state: 'set', file: '/etc/notify.json' };
    let found = [soiled(standing(clock.realAt, { details: { tokenIssuedAt: 0, tokenExpiresAt: clock.realAt - 1 } }))];
    const notifications = new NotificationService({
      standings: () => found,
      ofComputer: () => [],
      quietHours: () => ({ on: false, from: '22:00', to: '07:00' }),
      notifier,
      administrator,
      documents: new MemoryDocuments(new Map()),
      clock,
      timer: new HandTimer(clock),
      trustedTime: { evaluate: () => ({ clock: { state: 'right' }, judgedAt: clock.realAt }) },
      onAdministratorNotice: () => {},
      onChanged: () => {},
    });
    notifications.begin();
    await settled();
    found = [soiled(standing(clock.realAt))];
    notifications.evaluate();
    await settled();
    expect(notifier.shown).toHaveLength(2);
    expectClean(notifier.shown.map(({ title, body, actionLabel }) => ({ title, body, actionLabel })));
    notifications.stop();
  });

  it.each(alertCauses)('in the event for an administrator: %s', (cause) => {
    const alert = {
      profileId: 'p1',
      serverName: `Store${nastySign}`,
      cause,
      tone: 'critical',
      stopsAt: issuedAt,
    } as const;
    const event = administratorEvent({ kind: 'cause', key: 'k', level: 2, alert } as never, nasty, issuedAt);
    expectClean({ ...event, server: { ...event.server, serverId: '' } });
    expect(event.server.serverId).toContain(nastySign);
    expect(nastyIn(shownJson(event))).toBeUndefined();
    const alerts = [{ ...alert, at: issuedAt, mayBeSnoozed: false }];
    expectClean(trayView({ servers: [nasty], clock: { state: 'right' } } as never, alerts));
  });

  it('in the tray while there is no problem', () => {
    expectClean(trayView({ servers: [nasty], clock: { state: 'right' } } as never, []));
  });

  it('in the log and in what was thrown', () => {
    const log = new MemoryLog();
    log.info('server', 'discovery', { code: `x${nastySign}`, origin: nastySign });
    expectClean(log.said);
    expect(nastyIn(thrownText(new Error(`x${nastySign}\n   y${nastySign}`)), true)).toBeUndefined();
  });

  it('in an exported history, and in the names of files', () => {
    const entries = everyEvent.map((event, index) => ({ at: issuedAt + index * 1000, event: soiled(event) }));
    const csv = historyCsv(mergeRuns(entries)).replaceAll('\r\n', '\n').replace('\uFEFF', '');
    expect(nastyIn(csv, true)).toBeUndefined();
    expectClean(historyFileName(`Store${nastySign}`, issuedAt));
    expectClean(summaryFileName(`Store${nastySign}`, issuedAt));
  });
});

describe('the local license API', () => {
  it('sends a license as JSON without misleading characters, with clean names and with identifiers as they were signed', () => {
    const answer = licenseAnswer({ ...servedStanding, serverName: `Store${nastySign}`, license });
    expect(nastyIn(shownJson(answer))).toBeUndefined();
    const { server_id, organization, features, hub, license_id, ...others } = answer;
    expectClean(others);
    expectClean([organization?.name, hub?.name, hub?.url]);
    expect([server_id, organization?.id, license_id, hub?.server_id]).toEqual([
      details.serverId,
      details.organization?.id,
      details.licenseId,
      details.hub?.serverId,
    ]);
    expect(features).toEqual(details.features);
  });

  it('sends a verdict about a peer in the same way, accepted or refused', () => {
    const peer = soiled(acceptedPeer.peer);
    for (const verdict of [
      { ...acceptedPeer, peer },
      { accepted: false, reason: 'other_organization', peer, authentic: true, judgedAt: issuedAt },
    ] as const) {
      const text = verifyAnswerText(verdict);
      expect(nastyIn(text)).toBeUndefined();
      const said = JSON.parse(text).peer;
      expect(said.server_id).toBe(peer.serverId);
      expectClean([said.server_name, said.organization.name, said.hub.name, said.device_type]);
    }
  });

  it('sends every response with texts from outside as such JSON', () => {
    const raw = filesWith('src-main/local-api', /JSON\.stringify\(/).filter((path) => !path.includes('/client/'));
    // Contains only the console's own words, and shows whether something has changed.
    expect(raw).toEqual([
      'src-main/local-api/api-address.ts',
      'src-main/local-api/api-routes.ts',
      'src-main/local-api/event-streams.ts',
      'src-main/local-api/problem-details.ts',
      'src-main/local-api/served-answers.ts',
    ]);
  });
});

describe('the sources that show a text', () => {
  /** Each way in which the operating system or another program gets a text of ours, and the files that use it. */
  const ways: readonly (readonly [string, RegExp, readonly string[]])[] = [
    ['a notification', /new (Electron)?Notification\(/, ['src-main/adapters/desktop/electron-notifier.ts']],
    ['the tray', /setToolTip|setContextMenu/, ['src-main/desktop/console-tray.ts']],
    [
      'the clipboard',
      /clipboard\.write(Text)?\(/,
      ['src-main/adapters/desktop/system-clipboard.ts', 'src-main/desktop/console-screen.ts'],
    ],
    ['a box', /showErrorBox|showMessageBox/, ['src-main/start/cannot-start.ts', 'src-main/start/start-console.ts']],
    ['a file that a person saves', /showSaveDialog/, ['src-main/adapters/desktop/system-file-export.ts']],
    ['the log', /electronLog\./, ['src-main/adapters/disk/file-log.ts']],
    [
      'a terminal',
      /terminal\.write(Error|Live)?\(/i,
      [
        'src-main/adapters/command-channel/command-channel-client.ts',
        'src-main/commands/command-output.ts',
        'src-main/commands/run-command.ts',
        'src-main/start/terminal-start.ts',
      ],
    ],
    [
      'the own streams',
      /(process|#streams)\.std(out|err)\.write\(/,
      [
        'src-main/adapters/command-channel/process-terminal.ts',
        'src-main/start/crash-log.ts',
        'src-main/start/start-console.ts',
      ],
    ],
  ];

  it.each(ways)('are exactly those listed above: %s', (_way, pattern, files) => {
    expect(filesWith('src-main', pattern)).toEqual(files);
  });

  it('have only one rule that cleans texts', () => {
    const own = filesWith('src-main', /\\p\{(Cc|Cf|Cs|C|Zl|Bidi_Control)\}/).concat(
      filesWith('src-shared', /\\p\{(Cc|Cf|Cs|C|Zl|Bidi_Control)\}/),
      filesWith('src-renderer', /\\p\{(Cc|Cf|Cs|C|Zl|Bidi_Control)\}/),
    );
    // The others refuse a text that a person types, a line of a mail, or a User Code, or compare names, or read a pasted address. None changes what is shown.
    expect(own).toEqual([
      'src-main/authorization/device-authorization.ts',
      'src-main/commands/terminal-text.ts',
      'src-shared/registers/local-api-view.ts',
      'src-shared/servers/authorization-server-address.ts',
      'src-shared/servers/server-name.ts',
      'src-shared/servers/server-profile.ts',
      'src-shared/support/mail-draft.ts',
      'src-shared/text/shown-text.ts',
    ]);
  });
});

const repository = join(import.meta.dirname, '../../..');

function textOf(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

function filesWith(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && pattern.test(textOf(path)))
    .toSorted();
}
