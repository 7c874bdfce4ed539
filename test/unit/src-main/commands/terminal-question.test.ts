import { beforeEach, describe, expect, it } from 'vitest';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';
import { until } from '../../../fakes/until.ts';

let at: CommandsAtWork;
beforeEach(async () => {
  at = await CommandsAtWork.create();
  at.console.server.device = { server_id: 'store-016', server_name: 'Store 016' };
});

const heldBy = () => at.console.services.license.view()?.details.serverId ?? null;
const stateOf = () => at.console.services.acquisition.view().state;

/** Runs the command; a person authorizes Store 016. `typed`: what somebody answers, null if nobody can be asked. */
async function acquire(words: string, typed: string | null = null): ReturnType<CommandsAtWork['run']> {
  const terminal = new MemoryTerminal();
  terminal.typed = typed;
  return at.run(
    words,
    async () => {
      await until(() => at.console.userCodes.length > 0 && stateOf() === 'awaiting_authorization', 'a code');
      at.console.server.authorize();
      await at.console.timer.advance(6_000);
      if (typed !== 'undo') return;
      await until(() => at.console.userCodes.length > 1, 'a new code');
      at.console.server.device = {};
      at.console.server.authorize();
      await at.console.timer.advance(6_000);
    },
    terminal,
  );
}

describe('a license for another device, in a terminal', () => {
  it('is kept if the person types "keep"', async () => {
    const end = await acquire('acquire --no-qr', ' Keep ');
    expect(end.exitCode).toBe(0);
    expect(end.out.replaceAll(/\s+/g, ' ')).toContain('This license is for Store 016, not Store 014.');
    expect(heldBy()).toBe('store-016');
    expect(at.console.services.profile.serverName).toBe('Store 016');
  });

  it('is given back if the person types "undo", and the next code is for the right device', async () => {
    const end = await acquire('acquire --no-qr', 'undo');
    expect(end.exitCode).toBe(0);
    expect(heldBy()).toBe('store-014');
    expect(at.console.server.openGrants).toHaveLength(1);
    expect(end.out).toContain(at.console.userCodes[1]);
  });

  it.each(['acquire --no-qr', 'acquire --json', 'acquire --no-qr --accept-device=Store-015'])(
    '%s: is given back if nobody can be asked, with an exit code of its own',
    async (words) => {
      const end = await acquire(words);
      expect(end.exitCode).toBe(7);
      expect(end.err).toContain('The license was for another server');
      expect(heldBy()).toBeNull();
      expect(at.console.server.openGrants).toHaveLength(0);
    },
  );

  it.each(['Store-016', 'STORE 016', 'store-016'])('--accept-device=%s keeps it', async (named) => {
    const end = await at.run(['acquire', '--json', `--accept-device=${named}`], async () => {
      await until(() => stateOf() === 'awaiting_authorization', 'a code');
      at.console.server.authorize();
      await at.console.timer.advance(6_000);
    });
    expect(end.exitCode).toBe(0);
    expect(heldBy()).toBe('store-016');
    const events = end.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find(({ event }) => event === 'other_server')).toEqual({
      event: 'other_server',
      differs: ['server_name'],
      meant: { server_name: 'Store 014' },
      found: { server_name: 'Store 016', server_id: 'store-016', organization: 'Fusion Coffee' },
    });
  });

  it('of another organization is kept by its Server ID only, never by its name', async () => {
    at.console.server.device = {};
    await at.console.acquire();
    at.console.server.device = {
      server_id: 'id-16',
      server_name: 'Store 016',
      organization: { id: 'org-2', name: 'Contoso' },
    };
    at.console.userCodes.length = 0;
    expect((await acquire('acquire --again --json --accept-device=Store-016')).exitCode).toBe(7);
    expect(heldBy()).toBe('store-014');
    at.console.userCodes.length = 0;
    expect((await acquire('acquire --again --json --accept-device=id-16')).exitCode).toBe(0);
    expect(heldBy()).toBe('id-16');
  });

  it('ends with the reason if it cannot be kept, and asks again next time', async () => {
    at.console.settingsWritable = false;
    const end = await acquire('acquire --no-qr --accept-device=store-016');
    expect(end.err).toContain('could not be saved');
    expect(end.exitCode).toBe(1);
    expect(stateOf()).toBe('confirming_server');
    at.console.settingsWritable = true;
    at.isInPlace = true;
    expect((await at.run('acquire --no-qr --accept-device=store-016')).exitCode).toBe(0);
    expect(heldBy()).toBe('store-016');
  });

  it('stays with the question in the window if nobody can be asked here, with the exit code of a question', async () => {
    const { acquisition } = at.console.services;
    await acquisition.start();
    at.console.server.authorize();
    await at.console.timer.advance(6_000);
    await until(() => stateOf() === 'confirming_server', 'the question');
    const end = await at.run('acquire --no-qr');
    expect(end.exitCode).toBe(7);
    expect(end.err).toContain('A new license is waiting for your answer');
    expect(stateOf()).toBe('confirming_server');
    expect(at.console.server.openGrants).toHaveLength(1);
  });

  it('is kept without an answer after the server was given the name of the device', async () => {
    const { acquisition } = at.console.services;
    await acquisition.start();
    at.console.server.authorize();
    await at.console.timer.advance(6_000);
    await until(() => stateOf() === 'confirming_server', 'the question');
    at.console.rename('STORE 016');
    expect((await at.run('acquire --json')).exitCode).toBe(0);
    expect(heldBy()).toBe('store-016');
    expect(at.console.services.profile.serverName).toBe('STORE 016');
  });

  it.each([
    ['acquire --json', 7, null],
    ['acquire --json --accept-device=Store-014', 7, null],
    ['acquire --json --accept-device=store-016', 0, 'store-016'],
  ])('needs an answer also after the previous license was removed: %s', async (line, exitCode, held) => {
    at.console.server.device = {};
    await at.console.acquire();
    const { acquisition } = at.console.services;
    at.console.server.device = { server_id: 'store-016', organization: { id: 'org-2', name: 'Contoso' } };
    await acquisition.start();
    at.console.server.authorize();
    await at.console.timer.advance(6_000);
    await until(() => stateOf() === 'confirming_server', 'the question');
    await at.console.services.remove(false);
    expect(acquisition.view()).toMatchObject({ difference: { differs: ['organization', 'serverId'] } });
    expect((await at.run(line)).exitCode).toBe(exitCode);
    expect(heldBy()).toBe(held);
  });

  it.each([false, true])(
    'is named by status and by what forget says, with a license before: %s',
    async (isLicensed) => {
      at.console.server.device = {};
      if (isLicensed) await at.console.acquire();
      const { acquisition } = at.console.services;
      at.console.server.device = { server_id: 'store-016', server_name: 'Store 016' };
      await acquisition.start();
      at.console.server.authorize();
      await at.console.timer.advance(6_000);
      await until(() => stateOf() === 'confirming_server', 'the question');
      const status = await at.run('status');
      expect(status.out).toContain('A new license is waiting for your answer');
      expect(status.out).not.toContain('Acquire a license with');
      expect(status.exitCode).toBe(isLicensed ? 4 : 3);
      expect(JSON.parse((await at.run('status --json')).out)).toMatchObject({ servers: [{ new_license: 'waiting' }] });
      const terminal = new MemoryTerminal();
      terminal.typed = 'no';
      const forget = await at.run(['profiles', 'forget', 'Store 014', '--here-only'], undefined, terminal);
      const said = forget.out.replaceAll(/\s+/g, ' ');
      expect(said).toContain('The authorization of the new license that is waiting for your answer ends at');
      expect(said).not.toContain('Nothing changes');

      expect((await acquisition.undo()).ok).toBe(true);
      expect((await at.run('status')).out).not.toContain('A new license waits');
    },
  );

  it.each(['undo', null])('ends with the reason if the keychain fails at the answer %j', async (typed) => {
    const terminal = new MemoryTerminal();
    const end = await at.run(
      'acquire --no-qr',
      async () => {
        await until(() => stateOf() === 'awaiting_authorization', 'a code');
        terminal.ask = async () => {
          at.console.secrets.failing('secret_store_locked');
          return typed === null ? fail('confirmation_missing') : succeed(typed);
        };
        at.console.server.authorize();
        await at.console.timer.advance(6_000);
      },
      terminal,
    );
    expect(end.exitCode).toBe(4);
    expect(stateOf()).toBe('confirming_server');
  });

  it('is given back when the command is cancelled', async () => {
    const terminal = new MemoryTerminal();
    terminal.ask = () => new Promise(() => {});
    const end = await at.run(
      'acquire --no-qr',
      async () => {
        await until(() => stateOf() === 'awaiting_authorization', 'a code');
        at.console.server.authorize();
        await at.console.timer.advance(6_000);
        await until(() => stateOf() === 'confirming_server', 'the question');
        terminal.cancel();
      },
      terminal,
    );
    expect(end.exitCode).toBe(130);
    expect(heldBy()).toBeNull();
    expect(at.console.server.openGrants).toHaveLength(0);
  });
});
