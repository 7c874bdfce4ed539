import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { findServer, ofServer } from '../../../../src-main/commands/chosen-servers.ts';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import { json } from '../../../fakes/scripted-http.ts';
import { tries } from '../../../fakes/tries.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';
import { settled, until } from '../../../fakes/until.ts';
import { presetProfile } from '../../../../src-main/start/command-line.ts';
import { profileOptions } from '../../../../src-main/commands/profile-options.ts';
import { checksOfComputer, checksOfServer } from '../../../../src-shared/support/preflight.ts';
import { profileDefaults } from '../../../../src-shared/servers/profile-defaults.ts';
import { fail, failure, succeed } from '../../../../src-shared/result.ts';
import { profileSettingsSchema, type ProfileSettings } from '../../../../src-shared/servers/server-profile.ts';
import { metadata, profile } from '../../../fakes/fake-authorization-server.ts';
import { preflightWords } from '../../../../src-shared/words/preflight-words.ts';
import { words } from '../../../../src-shared/words/words.ts';

const offline = () => ({ ok: false as const, failure: failure('network_unreachable'), maybeDelivered: false });

let at: CommandsAtWork;
beforeEach(async () => {
  at = await CommandsAtWork.create();
});

/** Runs `acquire` until its code is open; the person then authorizes it. */
async function acquire(words = 'acquire --no-qr'): ReturnType<CommandsAtWork['run']> {
  return at.run(words, async (terminal) => {
    await until(() => terminal.out.includes(at.console.userCodes.at(-1) ?? ' '), 'a code');
    at.console.server.authorize();
    await at.console.timer.advance(6_000);
  });
}

describe('lost settings', () => {
  test.each(['status', 'refresh', 'acquire', 'token'])(
    'of all servers are the failure of %s: exit code 4',
    async (command) => {
      at.hasServer = false;
      at.notices = [{ id: 'settings_lost' }];
      const { exitCode, err } = await at.run(command);
      expect(exitCode).toBe(4);
      expect(err).toMatch(/^The settings cannot be read\./);
    },
  );

  test.each([
    ['status', 'refresh --if-due'],
    ['status --json', 'refresh --if-due --json'],
  ])('of one server give %s and %s exit code 4, although the others are fine', async (...commands) => {
    await at.console.acquire();
    for (const command of commands) expect(await at.run(command)).toMatchObject({ exitCode: 0, err: '' });
    at.notices = [{ id: 'settings_partly_unreadable' }];
    for (const command of commands) {
      const { exitCode, out, err } = await at.run(command);
      expect(exitCode).toBe(4);
      expect(err).toContain('The settings of a server cannot be read.');
      if (command.endsWith('--json'))
        expect(JSON.parse(out)).toMatchObject({
          servers: [{ server_name: 'Store 014' }],
          failure: { code: 'server_settings_lost' },
        });
      else expect(out).not.toBe('');
      expect(await at.run([...command.split(' '), '--server=Store 014'])).toMatchObject({ exitCode: 0, err: '' });
    }
  });
});

describe('status', () => {
  test('has exit code 3 without a server or a license, and 0 with a license', async () => {
    at.hasServer = false;
    const nothing = await at.run('status');
    expect(nothing).toMatchObject({ exitCode: 3, out: '' });
    expect(nothing.err).toContain('profiles add');
    at.hasServer = true;
    expect(await at.run('status')).toMatchObject({ exitCode: 3, err: '' });
    await at.console.acquire();
    const licensed = await at.run('status');
    expect(licensed).toMatchObject({ exitCode: 0, err: '' });
    expect(licensed.out).toMatch(/^Store 014 – Store\nLicensed\. Registers and servers trust this server\.\n/);
  });

  test('promises no automatic refresh if no console runs, and says what would refresh the license', async () => {
    expect((await at.run('status')).out).toContain('license-console acquire');
    await at.console.acquire();
    const kept = await at.run('status');
    expect(kept.out).toContain('next automatic refresh in');
    expect(kept.out).not.toContain('No console is running.');
    at.isInPlace = true;
    const left = await at.run('status');
    expect(left.out).not.toContain('automatic refresh');
    expect(left.out).toMatch(/Refreshed just now, due in /);
    expect(left.out.replaceAll('\n', ' ')).toContain('when a scheduler runs "license-console refresh --if-due"');
    expect(JSON.parse((await at.run('status --json')).out)).toMatchObject({
      servers: [{ refresh: { by_itself: false } }],
    });
    expect((await at.run('diagnose')).out).not.toContain('automatic refresh');
  });

  test('has exit code 4 if the token has expired', async () => {
    await at.console.acquire();
    at.console.clock.advance(8 * 86_400_000);
    const expired = await at.run('status --json');
    expect(expired.exitCode).toBe(4);
    expect(JSON.parse(expired.out)).toMatchObject({ servers: [{ status: 'licensed', token: { state: 'expired' } }] });
  });

  test('reports a clock in doubt as in_doubt', async () => {
    await at.console.acquire();
    at.console.server.fault = offline;
    at.console.clock.wallErrorMs = -400 * 86_400_000;
    expect(at.console.trustedTime.evaluate().clock).toHaveProperty('doubt');
    const { servers } = JSON.parse((await at.run('status --json')).out);
    expect(servers).toMatchObject([
      { clock: { state: 'in_doubt', local_at: new Date(at.console.clock.wallNow()).toISOString() } },
    ]);
  });

  test('shows until when the license lasts without a refresh token, as acquire and diagnose do', async () => {
    at.console.server.issuesRefreshTokens = false;
    const acquired = await acquire();
    const ofStatus = await at.run('status');
    const ofDiagnose = await at.run('diagnose');
    for (const { out } of [acquired, ofStatus, ofDiagnose]) {
      const said = out.replace(/\s+/g, ' ');
      expect(said).toContain('This server cannot refresh its license');
      expect(said).toMatch(/lasts until \w+, \d+ \w+ 2026, \d\d:\d\d\. Authorize again before then/);
      expect(said).not.toMatch(/next automatic|no longer accepts|last attempt/);
    }
    expect([acquired, ofStatus, ofDiagnose].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const document = JSON.parse((await at.run('status --json')).out);
    expect(document).toMatchObject({ servers: [{ refresh: { can_refresh: false } }] });
    expect(await at.run('refresh')).toMatchObject({ exitCode: 4, out: '' });
    expect(await at.run('refresh --if-due')).toMatchObject({ exitCode: 0, err: '' });
    at.console.clock.advance(6 * 86_400_000);
    expect(await at.run('refresh --if-due')).toMatchObject({ exitCode: 4 });
    expect(await at.run('status')).toMatchObject({ exitCode: 4 });
    expect((await at.run('diagnose')).out).not.toContain('Connect this server');
  });

  test('lists all servers, or one by its name, and refuses an unknown name', async () => {
    at.hasSecond = true;
    await at.console.acquire();
    expect(JSON.parse((await at.run('status --json')).out).servers).toHaveLength(2);
    for (const name of ['Second', 'second', 'SECOND'])
      expect(JSON.parse((await at.run(['status', `--server=${name}`, '--json'])).out).servers).toMatchObject([
        { id: 'second' },
      ]);
    expect(await at.run('status --server=third')).toMatchObject({ exitCode: 2, out: '' });
  });
});

describe('acquire', () => {
  test('prints the message for head office only with --message, the same for a person and a program', async () => {
    const plain = await acquire();
    expect(plain.out).not.toContain('call the store back');
    const asked = await acquire('acquire --again --no-qr --message');
    const said = asked.out.replaceAll(/\s+/g, ' ');
    expect(said).toContain('call the store back on a number that you already know');
    expect(said).toContain(`User Code: ${at.console.userCodes.at(-1)}`);
    expect(said).toMatch(/This code expires at \d\d:\d\d on \w+, .*If it has expired, ask the store for a new one\./);
    const { out } = await acquire('acquire --again --message --json');
    const [code] = out.split('\n').map((line) => line && JSON.parse(line));
    expect(code.message).toContain(`User Code: ${code.user_code}`);
    expect([plain, asked].map(({ out }) => out).join() + out).not.toMatch(/device-code|refresh-token/);
  });

  test('shows the code and the link, waits, and then shows the status', async () => {
    const { exitCode, out, err } = await acquire('acquire');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`User Code`);
    expect(out).toContain('█');
    expect(out).toContain('Storing the license safely');
    expect(out.trimEnd().split('\n').slice(-2).join(' ')).toContain('Refreshing');
    expect(at.removals).toEqual([{ state: 'idle' }]);
    expect(at.listeners).toBe(0);
  });

  test('requests no code if the server is licensed, except with --again', async () => {
    await at.console.acquire();
    const codes = at.console.userCodes.length;
    const { exitCode, out } = await at.run('acquire');
    expect(exitCode).toBe(0);
    expect(out).toContain('--again');
    expect(at.console.userCodes).toHaveLength(codes);
    expect((await acquire('acquire --again --no-qr')).exitCode).toBe(0);
    expect(at.console.userCodes).toHaveLength(codes + 1);
  });

  test('has exit code 130 when cancelled, and stops polling', async () => {
    const end = await at.run('acquire --json', async (terminal) => {
      await until(() => terminal.out.includes('user_code'), 'a code');
      terminal.cancel();
    });
    expect(end.exitCode).toBe(130);
    const asked = at.console.server.count('token');
    await at.console.timer.advance(60_000);
    expect(at.console.server.count('token')).toBe(asked);
    expect(at.console.services.acquisition.view().state).toBe('idle');
    expect(at.listeners).toBe(0);
  });

  test('can be cancelled before the code arrives', async () => {
    const end = await at.run('acquire', (terminal) => terminal.cancel());
    expect(end.exitCode).toBe(130);
    expect(at.console.services.acquisition.view().state).toBe('idle');
  });

  test('joins a code that is open in the window, and leaves it open when cancelled', async () => {
    await at.console.services.acquisition.start();
    const end = await at.run('acquire --no-qr', async (terminal) => {
      await until(() => terminal.out.includes(at.console.userCodes.at(-1) ?? ' '), 'a code');
      terminal.cancel();
    });
    expect(end.exitCode).toBe(130);
    expect(end.out).toContain('is already open');
    expect(at.console.userCodes).toHaveLength(1);
    expect(at.console.services.acquisition.view().state).toBe('awaiting_authorization');
  });

  test('stores the license and reports it, even if cancelled while storing', async () => {
    const terminal = new MemoryTerminal();
    const write = terminal.write.bind(terminal);
    terminal.write = (text) => {
      write(text);
      if (text.includes(words.acquisition.storing)) terminal.cancel();
    };
    const end = await at.run(
      'acquire --no-qr',
      async () => {
        await until(() => terminal.out.includes(at.console.userCodes.at(-1) ?? ' '), 'a code');
        at.console.server.authorize();
        await at.console.timer.advance(6_000);
      },
      terminal,
    );
    expect(terminal.cancelled.aborted).toBe(true);
    expect(end).toMatchObject({ exitCode: 0, err: '' });
    expect(end.out).toContain('Licensed.');
    expect(at.console.canRefresh).toBe(true);
  });

  test('has exit code 130 if the window cancels the code', async () => {
    const end = await at.run('acquire --no-qr', async (terminal) => {
      await until(() => terminal.out.includes(at.console.userCodes.at(-1) ?? ' '), 'a code');
      at.console.services.acquisition.cancel();
    });
    expect(end.exitCode).toBe(130);
  });

  test('shows a live line that counts down, fits the terminal, and names connection trouble', async () => {
    const terminal = new MemoryTerminal();
    terminal.isLive = true;
    terminal.columns = 60;
    at.console.server.pending = offline;
    await at.run(
      'acquire --no-qr',
      async () => {
        await until(() => terminal.live.length > 0, 'a live line');
        await at.console.timer.advance(12_000);
        terminal.cancel();
      },
      terminal,
    );
    expect(terminal.live.length).toBeGreaterThan(5);
    expect(terminal.live.every((line) => line.length < 60)).toBe(true);
    expect(terminal.live.some((line) => line.includes('No answer right now'))).toBe(true);
  });

  test.each([
    ['offline', 'metadata', 6],
    ['no network for the code', 'device_authorization', 6],
  ] as const)('fails without a connection (%s), with exit code %s', async (_name, endpoint, exitCode) => {
    at.console.server.fault = (asked) => (asked === endpoint ? offline() : undefined);
    const end = await at.run('acquire --json');
    expect(end.exitCode).toBe(exitCode);
    expect(JSON.parse(end.out)).toMatchObject({ event: 'failed', failure: { code: 'network_unreachable' } });
    expect(end.err).not.toBe('');
  });
});

describe('a refused Resource', () => {
  const refused = () => json(400, { error: 'invalid_target' });
  const said = ({ err, out }: { err: string; out: string }) => `${err} ${out}`.replaceAll(/\s+/g, ' ');

  test('makes acquire end with exit code 5, and shows the commands to try without it', async () => {
    at.console.server.fault = (asked) => (asked === 'device_authorization' ? refused() : undefined);
    const end = await at.run('acquire');
    expect(end).toMatchObject({ exitCode: 5, out: '' });
    const next =
      'Try without the Resource: license-console profiles edit "Store 014" --resource= and then license-console acquire';
    expect(said(end).trim().endsWith(next)).toBe(true);
    at.hasSecond = true;
    const asProgram = await at.run('acquire --json --server=Second');
    expect(JSON.parse(asProgram.out)).toMatchObject({
      failure: {
        code: 'invalid_target',
        next: 'Try without the Resource: license-console profiles edit Second --resource= and then license-console acquire --server=Second',
      },
    });
  });

  test('makes refresh, status, diagnose and acquire --again show the commands to try without it', async () => {
    await at.console.acquire();
    at.console.server.fault = (asked) =>
      asked === 'token' || asked === 'device_authorization' ? refused() : undefined;
    const next = 'license-console profiles edit "Store 014" --resource= and then license-console refresh';
    for (const line of ['refresh', 'refresh --json', 'status', 'status --json', 'diagnose']) {
      expect(said(await at.run(line)).replaceAll('\\"', '"'), line).toContain(next);
    }
    expect(said(await at.run('acquire --again'))).toContain('and then license-console acquire --again');
  });

  test('leads to a command that names the right server, for any server names', () => {
    const name = fc.oneof(
      fc.constantFrom('Store 014', 'STORE 014', 'a', 'id-0', 'id-1', '-x', '$(x)', 'a"b', "o'b", '--odd', 'ß'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => text.trim() || 'a'),
    );
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const servers = names.map((serverName, index) => ({
          profile: { ...profile, id: `id-${index}`, serverName },
        })) as unknown as readonly LicensedServer[];
        const services = { ...at.services(), servers: { ...at.services().servers, all: servers } };
        for (const server of servers) {
          const { facts = {} } = ofServer(services, server, failure('invalid_target'), 'acquire');
          const named = facts['server'] ?? '';
          expect(named).toMatch(/^"[^"$`\\!%]+"$|^[^\s"'$`\\!%&|<>;()*?#~-][^\s"'$`\\!%&|<>;()*?#~]*$/u);
          const found = findServer(services, named.replaceAll('"', ''));
          expect(found).toMatchObject({ ok: true, value: { profile: { id: server.profile.id } } });
        }
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('refresh', () => {
  test('has exit code 3 without a license, 0 when refreshed or not due, and 6 offline', async () => {
    expect(await at.run('refresh')).toMatchObject({ exitCode: 3, out: '' });
    await at.console.acquire();
    const before = at.console.server.count('token');
    const early = await at.run('refresh --if-due --json');
    expect(JSON.parse(early.out)).toMatchObject({ servers: [{ outcome: 'not_due' }] });
    expect(at.console.server.count('token')).toBe(before);
    const { exitCode, out } = await at.run('refresh');
    expect(exitCode).toBe(0);
    expect(out).toContain('refreshed just now');
    expect(at.console.server.count('token')).toBe(before + 1);
    at.console.clock.advance(4 * 86_400_000);
    const due = await at.run('refresh --if-due --json');
    expect(JSON.parse(due.out)).toMatchObject({ servers: [{ outcome: 'refreshed' }] });
    at.console.server.fault = offline;
    const failed = await at.run('refresh --json');
    expect(failed.exitCode).toBe(6);
    expect(JSON.parse(failed.out)).toMatchObject({
      servers: [{ outcome: 'failed', failure: { code: 'network_unreachable' } }],
    });
    expect(failed.err).not.toBe('');
  });

  test('has exit code 4 if the server refuses, and then --if-due sends no request', async () => {
    await at.console.acquire();
    for (const grant of at.console.server.grants) grant.revoked = true;
    expect((await at.run('refresh')).exitCode).toBe(4);
    const asked = at.console.server.count('token');
    const again = await at.run('refresh --if-due');
    expect(again.exitCode).toBe(4);
    expect(again.err).toContain('license-console acquire');
    expect(at.console.server.count('token')).toBe(asked);
  });

  test('has exit code 130 at once when cancelled, and still stores the new token', async () => {
    await at.console.acquire();
    const before = at.console.kept?.refreshToken;
    expect((await at.run('refresh', (terminal) => terminal.cancel())).exitCode).toBe(130);
    await until(() => at.console.kept?.refreshToken !== before, 'the rotated token');
    expect(at.console.canRefresh).toBe(true);
  });
});

describe('remove', () => {
  test('asks for confirmation, and removes only after yes', async () => {
    expect((await at.run('remove --yes')).exitCode).toBe(3);
    await at.console.acquire();
    expect(await at.run('remove')).toMatchObject({ exitCode: 2 });
    expect((await at.run('remove --json')).exitCode).toBe(2);
    for (const typed of ['', 'no', 'yes please']) {
      const terminal = new MemoryTerminal();
      terminal.typed = typed;
      expect((await at.run('remove', () => {}, terminal)).exitCode).toBe(130);
    }
    expect(at.console.canRefresh).toBe(true);
    const terminal = new MemoryTerminal();
    terminal.typed = ' YES ';
    const removed = await at.run('remove', () => {}, terminal);
    expect(removed.exitCode).toBe(0);
    expect(at.console.kept).toBeNull();
    expect(at.console.server.openGrants).toHaveLength(0);
    expect(at.removals.at(-1)).toEqual({ state: 'removed', revoked: true });
  });

  test('has exit code 6 offline and changes nothing, but --here-only removes', async () => {
    await at.console.acquire();
    at.console.server.fault = offline;
    const failed = await at.run('remove --yes');
    expect(failed.exitCode).toBe(6);
    expect(failed.err).toContain('--here-only');
    expect(at.console.kept).not.toBeNull();
    const here = await at.run('remove --yes --here-only --json');
    expect(JSON.parse(here.out)).toEqual({ removed: true, revoked: false });
    expect(at.console.server.openGrants).toHaveLength(1);
  });

  test.each([
    ['remove', true, 'The authorization is ended at the Authorization server', 'The authorization was ended'],
    ['remove --here-only', true, 'The authorization stays open', 'The authorization stays open'],
    [
      'remove',
      false,
      'The console cannot end the authorization itself',
      'The console could not end the authorization itself',
    ],
    [
      'remove --here-only',
      false,
      'The console cannot end the authorization itself',
      'The console could not end the authorization itself',
    ],
  ])(
    '%s (refresh token: %s) says in the question and at the end what happens to the authorization',
    async (line, issues, asked, end) => {
      at.console.server.issuesRefreshTokens = issues;
      await at.console.acquire();
      const terminal = new MemoryTerminal();
      terminal.typed = 'yes';
      const removed = await at.run(line, () => {}, terminal);
      expect(removed.exitCode).toBe(0);
      const said = (removed.out + removed.err).replaceAll(/\s+/g, ' ');
      expect(said).toContain(asked);
      expect(said).toContain(end);
      if (!issues || line.includes('here')) expect(said).not.toContain('is ended at');
    },
  );

  test('says in the question if the server does not let consoles end an authorization', async () => {
    const { revocation_endpoint: _none, ...offered } = metadata;
    at.console.server.fault = (endpoint) => (endpoint === 'metadata' ? json(200, offered) : undefined);
    await at.console.acquire();
    at.console.server.fault = offline;
    for (const [line, said] of [
      ['remove', 'The Authorization server does not let consoles end an authorization.'],
      ['remove --here-only', 'The authorization stays open'],
    ] as const) {
      const terminal = new MemoryTerminal();
      terminal.typed = 'no';
      const asked = await at.run(line, () => {}, terminal);
      expect((asked.out + asked.err).replaceAll(/\s+/g, ' ')).toContain(said);
      expect(asked.out + asked.err).not.toContain('is ended at');
    }
  });

  test.each([
    [{ error: 'unsupported_token_type', error_description: 'Not here' }, '“Not here.”'],
    [{}, 'refused'],
  ])('has exit code 5 if the server refuses and changes nothing, but --here-only removes (%j)', async (body, said) => {
    await at.console.acquire();
    at.console.server.fault = (endpoint) => (endpoint === 'revocation' ? json(400, body) : undefined);
    const refused = await at.run('remove --yes');
    expect(refused.exitCode).toBe(5);
    expect(refused.err).toContain(said);
    expect(refused.err).toContain('--here-only');
    expect(refused.err).not.toMatch(/try again/i);
    expect(at.console.kept).not.toBeNull();
    expect((await at.run('remove --yes --here-only')).exitCode).toBe(0);
  });

  test('has exit code 3 if the window removes the license first, and the window still shows that', async () => {
    await at.console.acquire();
    const terminal = new MemoryTerminal();
    terminal.ask = async () => {
      await at.console.services.license.remove(false);
      at.removals.push({ state: 'removed', revoked: true });
      return succeed('yes');
    };
    expect((await at.run('remove', () => {}, terminal)).exitCode).toBe(3);
    expect(at.removals).toEqual([{ state: 'removed', revoked: true }]);
  });

  test('requires --server if there are several servers', async () => {
    at.hasSecond = true;
    await at.console.acquire();
    expect(await at.run('remove --yes')).toMatchObject({ exitCode: 2, out: '' });
    expect(at.console.kept).not.toBeNull();
    expect((await at.run(['remove', '--yes', '--server=Store 014'])).exitCode).toBe(0);
  });
});

describe('Ctrl-C', () => {
  const waits = [
    'diagnose',
    'diagnose --json',
    'profiles add --authorization-server=https://identity.example.com',
    'profiles edit p1 --scope=a',
    'verify',
  ];

  test.each(waits)('ends %s at once without waiting for an answer, and without further output', async (line) => {
    await at.console.acquire();
    let answer: (value?: unknown) => void = () => {};
    at.answered = new Promise((resolve) => (answer = resolve));
    const terminal = new MemoryTerminal();
    terminal.read = () => new Promise(() => {});
    const end = await at.run(line, () => settled().then(() => terminal.cancel()), terminal);
    expect(end.exitCode).toBe(130);
    answer();
    await settled();
    expect({ out: terminal.out, err: terminal.err }).toEqual({ out: end.out, err: end.err });
    if (line.includes('--json')) expect(JSON.parse(end.out)).toMatchObject({ failure: { code: 'command_cancelled' } });
  });

  test('before the command begins prevents any action', async () => {
    await at.console.acquire();
    for (const line of ['api on', 'remove --yes', 'refresh', 'acquire --again', 'profiles choose one', 'status']) {
      const terminal = new MemoryTerminal();
      terminal.cancel();
      const before = at.console.server.count('token');
      expect((await at.run(line, () => {}, terminal)).exitCode, line).toBe(130);
      expect(at.apiSettings.on).toBe(false);
      expect(at.console.server.count('token')).toBe(before);
      expect(at.console.canRefresh).toBe(true);
    }
  });
});

describe('acquire with --json', () => {
  test.each([
    ['acquire --json --server=nobody', 2],
    ['acquire --json --often', 2],
  ])('reports any failure as an event: %s', async (line, exitCode) => {
    const end = await at.run(line);
    expect(end.exitCode).toBe(exitCode);
    expect(JSON.parse(end.out)).toMatchObject({ event: 'failed', failure: {} });
  });
});

describe('token', () => {
  test('is shown only with --show', async () => {
    expect((await at.run('token')).exitCode).toBe(3);
    await at.console.acquire();
    const token = at.console.kept?.accessToken ?? ' ';
    for (const words of ['token', 'token --json', 'status', 'status --json', 'diagnose', 'refresh --json', 'profiles'])
      expect((await at.run(words)).out, words).not.toContain(token.slice(0, 30));
    const now = at.console.kept?.accessToken;
    expect((await at.run('token --show')).out).toBe(`${now}\n`);
    expect(JSON.parse((await at.run('token --show --json')).out)).toMatchObject({
      access_token: now,
      token_type: 'Bearer',
    });
  });
});

describe('a token or secret that was typed in the wrong place', () => {
  const token = `eyJ${'a'.repeat(60)}.eyJ${'b'.repeat(200)}.${'c'.repeat(86)}`;
  const secret = `flc_0123456789ab_${'d'.repeat(43)}`;
  const places = (typed: string) => [
    ['verify', typed],
    ['verify', 'now', typed],
    ['verify', `--${typed}`],
    [typed],
    ['help', typed],
    ['api', typed],
    ['api', 'on', typed],
    ['profiles', typed],
  ];

  test.each([
    ...[token, secret].flatMap(places),
    ['verify', `--token-file=${token}`],
    ['status', `--server=${token}`],
    ['profiles', 'choose', token],
  ])('is not repeated, in line %#', async (...line) => {
    const terminal = new MemoryTerminal();
    terminal.input = { ok: false, failure: failure('command_malformed') };
    for (const form of [line, [...line, '--json']]) {
      const { exitCode, out, err } = await at.run(form, () => {}, terminal);
      expect(exitCode).toBe(2);
      expect(out + err).not.toMatch(/a{20}|b{20}|c{20}|d{5}/);
    }
  });
});

describe('verify', () => {
  const judgedAt = Date.UTC(2026, 10, 24);

  test('reads the token from the input or a file, never from the command line', async () => {
    at.verdict = { accepted: false, reason: 'expired', peer: null, authentic: true, judgedAt };
    const terminal = new MemoryTerminal();
    terminal.input = succeed('  a.b.c\n');
    const refused = await at.run('verify', () => {}, terminal);
    expect(refused.exitCode).toBe(5);
    expect(refused.out).toContain('Not accepted.');
    expect(refused.out).toContain('What to do: ');
    expect(at.presented).toEqual({ token: 'a.b.c' });
    expect(terminal.sources).toEqual(['standard_input']);
    const another = new MemoryTerminal();
    another.input = succeed('a.b.c');
    await at.run('verify --token-file=t --proof-file=p --method=GET --url=https://hub.example/', () => {}, another);
    expect(another.sources).toEqual([{ file: 't' }, { file: 'p' }]);
    expect(at.presented).toMatchObject({ proof: { proof: 'a.b.c', method: 'GET', url: 'https://hub.example/' } });
    expect(await at.run('verify a.b.c')).toMatchObject({ exitCode: 2, out: '' });
    expect(await at.run('verify')).toMatchObject({ exitCode: 2, out: '' });
    expect(await at.run('verify --proof-file=p')).toMatchObject({ exitCode: 2, out: '' });
  });

  test.each([
    ['not_licensed', 3],
    ['key_unknown_offline', 6],
    ['key_refused', 5],
    ['signature_invalid', 5],
    ['other_organization', 5],
    ['organization_missing', 5],
  ] as const)('reports the reason %s, with exit code %d', async (reason, exitCode) => {
    at.verdict = { accepted: false, reason, peer: null, authentic: false, judgedAt };
    const terminal = new MemoryTerminal();
    terminal.input = succeed('a.b.c');
    const end = await at.run('verify --json', () => {}, terminal);
    expect(end.exitCode).toBe(exitCode);
    expect(JSON.parse(end.out)).toMatchObject({ accepted: false, reason });
  });

  test('has exit code 0 for an accepted token, and shows its content', async () => {
    at.verdict = {
      accepted: true,
      relation: 'our_peer',
      warnings: [],
      judgedAt,
      peer: {
        serverId: 'register-3',
        deviceType: 'register',
        renewal: { state: 'licensed' },
        tokenIssuedAt: judgedAt,
        tokenExpiresAt: judgedAt + 1,
      },
    };
    const terminal = new MemoryTerminal();
    terminal.input = succeed('a.b.c');
    const end = await at.run('verify', () => {}, terminal);
    expect(end.exitCode).toBe(0);
    expect(end.out).toContain('register-3');
  });
});

describe('api', () => {
  test('sets the API on, off and its port, and creates and revokes clients, with the secret shown once', async () => {
    expect((await at.run('api')).out).toMatch(/Local license API\s+off/);
    expect((await at.run('api on --tcp-port=47215')).exitCode).toBe(0);
    expect(at.apiSettings).toMatchObject({ on: true, tcpPort: 47_215 });
    await at.run('api on --tcp-port=none');
    expect(at.apiSettings.tcpPort).toBeNull();
    expect((await at.run('api on --tcp-port=80')).exitCode).toBe(2);
    await at.run('api off');
    expect(at.apiSettings.on).toBe(false);
    const created = await at.run(['api', 'create-client', 'POS server', '--may=read, token']);
    expect(created.exitCode).toBe(0);
    expect(created.out).toContain('the-secret-of-a-client');
    expect((await at.run('api clients --json')).out).not.toContain('the-secret');
    for (const wrong of [
      'create-client x',
      'create-client x --may=all',
      'create-client',
      'revoke-client',
      'status now',
      'maybe',
    ])
      expect((await at.run(`api ${wrong}`)).exitCode, wrong).toBe(2);
    expect((await at.run('api revoke-client abcdefghijkl')).exitCode).toBe(0);
    const byName = await at.run(['api', 'revoke-client', 'POS server', '--json']);
    expect(JSON.parse(byName.out)).toEqual({ revoked: 'abcdefghijkl' });
    expect((await at.run('api revoke-client nobody')).exitCode).toBe(1);
  });
});

describe('profiles', () => {
  const advanced = {
    'client-id': ['clientId', 'pos-console'],
    scope: ['scope', 'offline_access pos'],
    resource: ['resource', 'urn:r'],
    audience: ['audience', 'urn:a'],
    'start-address': ['startAddress', 'https://auth.example.com/start'],
    'sign-in-hosts': ['signInHosts', 'sso.company.local, login.company.local'],
    'integrated-sign-in-hosts': ['integratedSignInHosts', 'sso.company.local, *.company.example'],
    dpop: ['dpop', 'on'],
  } as const;
  type Advanced = Omit<ProfileSettings, 'issuer' | 'edition' | 'serverName'>;
  const options = Object.entries(advanced).map(([option, [, value]]) => `--${option}=${value}`);
  const settings = { ...(Object.fromEntries(Object.values(advanced)) as unknown as Advanced), dpop: true };

  test('add accepts every setting of the window, as the start options of an installer do', async () => {
    const line = ['--authorization-server=auth.example.com', '--server-name=Store 7', ...options];
    expect((await at.run(['profiles', 'add', ...line])).exitCode).toBe(0);
    const expected = { issuer: 'https://auth.example.com', edition: 'store', serverName: 'Store 7', ...settings };
    expect(at.added).toEqual([expected]);
    expect(presetProfile(['console', ...line])).toEqual(succeed(expected));
    expect(Object.keys(expected).toSorted()).toEqual(Object.keys(profileSettingsSchema.shape).toSorted());
    expect(profileOptions).toHaveLength(Object.keys(expected).length);
  });

  test('only add takes --unchecked, for a computer without a connection', async () => {
    const line = '--authorization-server=https://auth.example.com --unchecked';
    expect((await at.run(`profiles add ${line}`)).exitCode).toBe(0);
    expect(at.added).toMatchObject([{ issuer: 'https://auth.example.com' }]);
    expect((await at.run(`profiles edit "Store 014" ${line}`)).exitCode).toBe(2);
  });

  test('add has the same defaults as the window', async () => {
    expect((await at.run('profiles add --authorization-server=https://auth.example.com --resource=')).exitCode).toBe(0);
    const usual = { issuer: 'https://auth.example.com', edition: 'store', serverName: 'This server' };
    expect(at.added).toEqual([{ ...usual, ...profileDefaults }]);
  });

  test('edit changes only the given settings, and an empty option clears', async () => {
    at.settings = { resource: 'urn:r', audience: 'urn:a', dpop: true };
    const edited = await at.run(['profiles', 'edit', 'store 014', '--resource=', '--scope=pos', '--json']);
    expect(edited).toMatchObject({ exitCode: 0, err: '' });
    const { resource: _, ...others } = { ...profile, audience: 'urn:a', dpop: true, scope: 'pos' };
    expect(at.saved).toEqual([others]);
    at.hasSecond = true;
    expect((await at.run(['profiles', 'edit', 'Second', ...options])).exitCode).toBe(0);
    expect(at.saved.at(-1)).toEqual({ ...profile, id: 'second', serverName: 'Second', ...settings });
    at.settings = { ...settings };
    const optional = ['resource', 'audience', 'start-address', 'sign-in-hosts', 'integrated-sign-in-hosts', 'dpop'];
    const cleared = optional.map((option) => `--${option}=`);
    expect((await at.run(['profiles', 'edit', profile.id, ...cleared])).exitCode).toBe(0);
    const { resource: __, ...withoutResource } = profile;
    expect(at.saved.at(-1)).toEqual({ ...withoutResource, clientId: settings.clientId, scope: settings.scope });
    expect((await at.run(['profiles', 'edit', profile.id, '--dpop=off'])).exitCode).toBe(0);
    expect(at.saved.at(-1)).not.toHaveProperty('dpop');
  });

  test.each([
    ['nothing to change', []],
    ['a required setting that is cleared', ['--client-id=']],
    ['a required setting of blanks', ['--scope= ']],
    ['too long', [`--audience=${'x'.repeat(501)}`]],
    ['not one line', ['--resource=a\nb']],
    ['no such edition', ['--edition=kiosk']],
    ['neither on nor off', ['--dpop=yes']],
    ['no list of hosts', ['--integrated-sign-in-hosts=sso.example.com, *']],
    ['no address', ['--authorization-server=mailto:a@example.com']],
    ['an address that is not secure', ['--authorization-server=http://auth.example.com']],
  ])('edit has exit code 2 and saves nothing: %s', async (_name, line) => {
    const end = await at.run(['profiles', 'edit', 'Store 014', ...line]);
    expect(end.exitCode).toBe(2);
    const [option] = line[0]?.split('=') ?? [];
    if (option && option !== '--authorization-server') expect(end.err).toContain(option);
    expect(at.saved).toEqual([]);
  });

  test('edit refuses the same changes as the window while the server is licensed', async () => {
    at.saves = fail('profile_in_use');
    const end = await at.run(['profiles', 'edit', 'Store 014', '--client-id=other']);
    expect(end).toMatchObject({ exitCode: 1, out: '' });
    expect(end.err.replaceAll('\n', ' ')).toContain('Remove the license first.');
    expect((await at.run('profiles edit nobody --scope=a')).exitCode).toBe(2);
  });

  test('list shows the settings that are set', async () => {
    at.settings = { ...settings };
    const out = (await at.run('profiles')).out.replaceAll(/\s+/g, ' ');
    for (const [, value] of Object.values(advanced)) expect(out).toContain(value);
    expect(JSON.parse((await at.run('profiles --json')).out)).toMatchObject({
      servers: [
        {
          client_id: settings.clientId,
          scope: settings.scope,
          resource: settings.resource,
          audience: settings.audience,
          start_address: settings.startAddress,
          sign_in_hosts: settings.signInHosts,
          integrated_sign_in_hosts: settings.integratedSignInHosts,
          dpop: true,
        },
      ],
    });
    const { resource: _, ...withoutResource } = profile;
    at.settings = withoutResource;
    expect((await at.run('profiles')).out).not.toContain(words.profileForm.audience);
  });

  test('add saves valid settings and refuses others, and choose requires a known server', async () => {
    const words = [
      'profiles',
      'add',
      '--authorization-server=https://auth.example.com',
      '--server-name=Store 7',
      '--edition=cloud',
    ];
    expect((await at.run(words)).exitCode).toBe(0);
    expect(at.added).toMatchObject([{ issuer: 'https://auth.example.com', serverName: 'Store 7', edition: 'cloud' }]);
    for (const wrong of [
      '',
      ' --authorization-server=http://auth.example.com',
      ' --authorization-server=https://a.example --edition=kiosk',
    ])
      expect((await at.run(`profiles add${wrong}`)).exitCode, wrong).toBe(2);
    expect((await at.run('profiles choose')).exitCode).toBe(2);
    expect((await at.run('profiles choose nobody')).exitCode).toBe(2);
    expect((await at.run(['profiles', 'choose', 'Store 014'])).exitCode).toBe(0);
    expect((await at.run('profiles list')).out).toContain('Authorization server');
  });
});

describe('profiles rename and forget', () => {
  const asked = async (answer: string, line = ['profiles', 'forget', 'Store 014', '--here-only']) => {
    const terminal = new MemoryTerminal();
    terminal.typed = answer;
    return at.run(line, () => {}, terminal);
  };

  test('rename finds a server by ID, or by name as people compare names, and an error changes nothing', async () => {
    expect(await at.run(['profiles', 'rename', 'store-014', 'Store 016'])).toMatchObject({
      exitCode: 0,
      out: 'Store 014 is now called Store 016.\n',
      err: '',
    });
    expect((await at.run(['profiles', 'rename', profile.id, 'Store 017', '--json'])).exitCode).toBe(0);
    expect(at.renamed).toEqual([
      [profile.id, 'Store 016'],
      [profile.id, 'Store 017'],
    ]);
    for (const wrong of [
      [],
      [profile.id],
      ['nobody', 'Store 1'],
      [profile.id, ' '],
      [profile.id, 'a\nb'],
      ['a', 'b', 'c'],
    ])
      expect((await at.run(['profiles', 'rename', ...wrong])).exitCode, wrong.join()).toBe(2);
    expect(at.renamed).toHaveLength(2);
    at.saves = fail('server_name_taken', { facts: { server: 'Store 015' } });
    const taken = await at.run(['profiles', 'rename', profile.id, 'store 015']);
    expect(taken).toMatchObject({ exitCode: 1, out: '' });
    expect(taken.err).toContain('The name Store 015 is taken.');
  });

  test('forget asks first, and lists what it deletes and what it keeps', async () => {
    const end = await asked('yes', ['profiles', 'forget', 'Store 014']);
    expect(end).toMatchObject({ exitCode: 0, err: '' });
    expect(end.out).toContain('Forget Store 014?');
    expect(end.out.replaceAll(/\s+/g, ' ')).toContain('Nothing changes at the Authorization server.');
    expect(end.out).toContain('Store 014 was forgotten.');
    expect(at.forgotten).toEqual([[profile.id, 'none']]);
    expect((await asked('no')).exitCode).toBe(130);
    expect((await at.run(['profiles', 'forget', 'Store 014'])).exitCode).toBe(2);
    expect((await at.run(['profiles', 'forget', 'Store 014', '--json'])).exitCode).toBe(2);
    expect((await at.run('profiles forget')).exitCode).toBe(2);
    expect((await at.run('profiles forget nobody --yes')).exitCode).toBe(2);
    expect(at.forgotten).toHaveLength(1);
    const byScript = await at.run(['profiles', 'forget', 'Store 014', '--yes', '--json']);
    expect(JSON.parse(byScript.out)).toEqual({ forgotten: true, id: profile.id, server_name: 'Store 014' });
  });

  test('forget gives up a license only if a person asks for that', async () => {
    await at.console.acquire();
    for (const line of [['--yes'], ['--yes', '--json'], []]) {
      const end = await at.run(['profiles', 'forget', 'Store 014', ...line]);
      expect(end.exitCode).toBe(4);
      expect(end.err.replaceAll(/\s+/g, ' ')).toContain('Remove the license first');
    }
    expect(at.forgotten).toEqual([]);
    const end = await asked('y');
    expect(end.exitCode).toBe(0);
    expect(end.out.replaceAll(/\s+/g, ' ')).toContain(
      'its authorization stays open at auth.example until somebody removes it there',
    );
    expect(at.forgotten).toEqual([[profile.id, 'leave_open']]);
  });

  test.each(['list', 'add', 'edit a', 'rename a b', 'choose a'])(
    '%s refuses the flags of the other command',
    async (line) => {
      for (const flag of ['--yes', '--here-only'])
        expect((await at.run(`profiles ${line} ${flag}`)).err).toContain(`has no option ${flag}`);
    },
  );
});

describe('with several servers, each hint names the server that it is about', () => {
  const said = ({ err, out }: { err: string; out: string }) =>
    `${err} ${out}`.replaceAll(/\s+/g, ' ').replaceAll('\\"', '"');
  const refused = () => json(400, { error: 'invalid_grant' });

  test.each([
    ['status --server=Second', 'license-console acquire --server=Second'],
    ['status', 'license-console acquire --server=Second'],
    ['token --server=Second', 'license-console acquire --server=Second'],
    ['remove --yes --server=Second', 'license-console acquire --server=Second'],
    ['diagnose', 'license-console acquire --server=Second'],
  ])('%s', async (line, hint) => {
    at.hasSecond = true;
    expect(said(await at.run(line))).toContain(hint);
    at.hasSecond = false;
    expect(said(await at.run(line.replace(' --server=Second', '')))).not.toContain('--server');
  });

  test('a refresh that needs a person, and the token', async () => {
    await at.console.acquire();
    at.hasSecond = true;
    expect(said(await at.run('token'))).toContain('license-console token --show --server="Store 014"');
    at.console.server.fault = (asked) => (asked === 'token' ? refused() : undefined);
    for (const line of ['refresh', 'refresh --json', 'status', 'status --json', 'diagnose'])
      expect(said(await at.run(line)), line).toContain('license-console acquire --server="Store 014"');
  });

  test('settings that have to be changed', async () => {
    at.console.server.fault = () => json(404, {});
    expect(said(await at.run('acquire'))).toContain('Change settings with "license-console profiles edit" or');
    at.hasSecond = true;
    expect(said(await at.run('acquire'))).toContain(
      'Change settings with license-console profiles edit "Store 014" or',
    );
  });

  test('the User Code, the verdict and the clients of the API', async () => {
    at.verdict = { accepted: false, reason: 'malformed', peer: null, authentic: false, judgedAt: 0 };
    const lines = ['api clients', 'api create-client POS --may=read', 'verify'];
    const run = (line: string) => {
      const terminal = new MemoryTerminal();
      terminal.input = succeed('a.b.c');
      return at.run(line, () => {}, terminal);
    };
    for (const line of lines) expect(said(await run(line)), line).not.toContain('Store 014 – Store');
    at.hasSecond = true;
    for (const line of lines) expect(said(await run(line)), line).toContain('Store 014 – Store');
    const end = await at.run('acquire', async (terminal) => {
      await until(() => terminal.out.includes('User Code'), 'the code');
      terminal.cancel();
    });
    expect(end.out).toMatch(/^Store 014 – Store\n/);
  });
});

describe('diagnose', () => {
  test('has exit code 0 if nothing failed, and a line for each check', async () => {
    await at.console.acquire();
    const { exitCode, out } = await at.run('diagnose');
    expect(exitCode).toBe(0);
    expect(out).not.toContain('FAILED');
    // The connection is direct, so no proxy is checked.
    for (const check of [...checksOfComputer, ...checksOfServer].filter((id) => id !== 'proxy'))
      expect(out).toMatch(new RegExp(`^ {2}(ok|look) +${preflightWords.labels[check]} `, 'm'));
  });

  test('has exit code 6 offline, and only the connection fails', async () => {
    await at.console.acquire();
    at.console.server.fault = offline;
    const { exitCode, out } = await at.run('diagnose');
    expect(exitCode).toBe(6);
    expect(out.match(/FAILED +\w+/g)).toEqual(['FAILED  Connection']);
    expect(out).toContain('Ask the people who run this network.');
    expect(out).not.toContain('license-console diagnose');
  });

  test('names lost settings instead of a missing server, and still runs the other checks', async () => {
    at.hasServer = false;
    at.notices = [{ id: 'settings_lost' }];
    const { out } = await at.run('diagnose --json');
    const { checks } = JSON.parse(out) as { checks: { check: string; code?: string }[] };
    expect(checks.map(({ check }) => check)).toEqual([...checksOfComputer]);
    expect(checks.find(({ check }) => check === 'settings')?.code).toBe('settings_lost');
  });

  test('has exit code 3 without a server, and still runs the other checks', async () => {
    at.hasServer = false;
    at.notices = [{ id: 'settings_not_written' }];
    const { exitCode, out } = await at.run('diagnose --json');
    expect(exitCode).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      servers: [],
      checks: checksOfComputer.map((check) => (check === 'settings' ? { check, state: 'failed' } : { check })),
    });
  });
});
