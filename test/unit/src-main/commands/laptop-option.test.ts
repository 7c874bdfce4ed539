import type { LaptopView, PairedLaptopView } from '../../../../src-shared/pairing/laptop-view.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { exitCodes } from '../../../../src-main/commands/exit-codes.ts';
import { takesLong } from '../../../../src-main/commands/run-command.ts';
import { present } from '../../../../src-shared/present.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';
import { settled, until } from '../../../fakes/until.ts';

let at: CommandsAtWork;

beforeEach(async () => {
  at = await CommandsAtWork.create();
});

/** Waits for the code on the terminal, which a person then authorizes. */
async function authorize(terminal: MemoryTerminal): Promise<void> {
  await until(() => terminal.out.includes(at.console.userCodes.at(-1) ?? 'no code yet'), 'a code');
  at.console.server.authorize();
  await at.console.timer.advance(6_000);
}

/** The pairing, once a code is there. */
async function withCode(hasCode: () => boolean): Promise<PairedLaptopView> {
  await until(hasCode, 'a code');
  const paired = at.laptop.view();
  if (paired?.state !== 'paired') throw new Error('Not paired');
  return paired;
}

const endedFor = (failureCode?: 'pairing_ended'): LaptopView =>
  present({ state: 'ended' as const, profileId: profile.id, address: '10.0.0.7', failureCode });

const eventsIn = (out: string): readonly string[] =>
  out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);

describe('acquire --laptop', () => {
  test('pairs, prints the three words, gets the license, and ends the pairing', async () => {
    const end = await at.run('acquire --no-qr --laptop=10.0.0.7 --pairing=BCDFGHJK', authorize);
    expect(end).toMatchObject({ exitCode: 0, err: '' });
    expect(end.out).toContain('amazing orbit walnut');
    expect(end.out.match(/chooses Authorize there/g)).toHaveLength(1);
    expect(at.laptop.typed).toEqual([{ profileId: profile.id, address: '10.0.0.7', code: 'BCDFGHJK' }]);
    expect(at.laptop.ended).toBe(1);
  });

  test('asks for a code that is not on the command line, where other programs could read it', async () => {
    const terminal = new MemoryTerminal();
    terminal.typed = 'bcdf ghjk';
    const end = await at.run('acquire --no-qr --laptop=10.0.0.7', authorize, terminal);
    expect(end.exitCode).toBe(0);
    expect(terminal.asked).toHaveLength(1);
    expect(at.laptop.typed[0]?.code).toBe('bcdf ghjk');
    expect(end.out).not.toContain('bcdf');
  });

  test('refuses a command line with only a code, or without a code if nobody can be asked', async () => {
    for (const line of [
      'acquire --laptop=10.0.0.7',
      'acquire --json --laptop=10.0.0.7',
      'acquire --pairing=BCDFGHJK',
    ]) {
      expect((await at.run(line)).exitCode, line).toBe(2);
    }
    expect(at.laptop.typed).toEqual([]);
  });

  test('requests no User Code before the person at the laptop has confirmed the Authorization server', async () => {
    at.laptop.isKnown = false;
    const end = await at.run('acquire --no-qr --laptop=10.0.0.7 --pairing=BCDFGHJK', async (terminal) => {
      await until(() => terminal.out.includes('has to confirm'), 'the sentence');
      expect(at.console.userCodes).toEqual([]);
      at.laptop.takeWay('relaying');
      await authorize(terminal);
    });
    expect(end.exitCode).toBe(0);
  });

  test('ends with the failure of the pairing, and requests no User Code', async () => {
    at.laptop.accepts = fail('pairing_code_wrong');
    const end = await at.run('acquire --json --laptop=10.0.0.7 --pairing=BCDFGHJK');
    expect(end.exitCode).toBe(1);
    expect(JSON.parse(end.out)).toMatchObject({ event: 'failed', failure: { code: 'pairing_code_wrong' } });
    expect(at.console.userCodes).toEqual([]);
    expect(at.laptop.ended).toBe(1);
  });

  test('gives the reason if the laptop ends the pairing before that', async () => {
    at.laptop.isKnown = false;
    const end = await at.run('acquire --laptop=10.0.0.7 --pairing=BCDFGHJK', async (terminal) => {
      await until(() => terminal.out.includes('has to confirm'), 'the sentence');
      at.laptop.become(endedFor('pairing_ended'));
    });
    expect(end.exitCode).toBe(1);
    expect(end.err).toContain('stopped helping');
  });

  test('stops waiting and names the reason if the person at the laptop refuses the Authorization server', async () => {
    at.laptop.isKnown = false;
    const end = await at.run('acquire --laptop=10.0.0.7 --pairing=BCDFGHJK', async (terminal) => {
      await until(() => terminal.out.includes('has to confirm'), 'the sentence');
      at.laptop.takeWay('refused');
    });
    expect(end.exitCode).toBe(exitCodes.failed);
    expect(end.err.replaceAll(/\s+/g, ' ')).toContain('refused the Authorization server');
    expect(end.err).toContain('profiles edit');
    expect(at.laptop.ended).toBe(1);
    expect(at.listeners).toBe(0);
  });

  test('ends at Ctrl-C while it waits, and ends the pairing', async () => {
    at.laptop.isKnown = false;
    const end = await at.run('acquire --laptop=10.0.0.7 --pairing=BCDFGHJK', async (terminal) => {
      await until(() => terminal.out.includes('has to confirm'), 'the sentence');
      terminal.cancel();
    });
    expect(end.exitCode).toBe(130);
    expect(at.laptop.ended).toBe(1);
    expect(at.listeners).toBe(0);
  });

  test('reports to a program that it is paired, before the code', async () => {
    const end = await at.run('acquire --json --laptop=10.0.0.7 --pairing=BCDFGHJK', authorize);
    const events = end.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(['paired', 'user_code', 'licensed']);
    expect(events[0]).toMatchObject({ words: ['amazing', 'orbit', 'walnut'], ends_at: '1970-01-01T02:00:00.000Z' });
  });

  test('says when the laptop does not answer, when it is back, and when it ends the help, each once', async () => {
    const terminal = new MemoryTerminal();
    const end = await at.run(
      'acquire --no-qr --laptop=10.0.0.7 --pairing=BCDFGHJK',
      async () => {
        const paired = await withCode(() => terminal.out.includes(at.console.userCodes.at(-1) ?? 'no code yet'));
        for (const time of ['first', 'again']) {
          at.laptop.become({ ...paired, way: 'gone' });
          await until(() => terminal.out.includes('no longer answers'), time);
        }
        at.laptop.become(paired);
        await until(() => terminal.out.includes('The laptop answers again.'), 'that it is back');
        at.laptop.become(endedFor('pairing_ended'));
        await until(() => terminal.out.includes('has stopped helping'), 'the end');
        await authorize(terminal);
      },
      terminal,
    );
    expect(end.exitCode).toBe(0);
    expect(end.out.match(/no longer answers/g)).toHaveLength(1);
    expect(at.listeners).toBe(0);
  });

  test('reports to a program what it says to a person', async () => {
    const end = await at.run('acquire --json --laptop=10.0.0.7 --pairing=BCDFGHJK', async () => {
      const paired = await withCode(() => at.console.userCodes.length > 0);
      for (const change of [
        { way: 'doubted' },
        { way: 'doubted', endsAt: 1 },
        { way: 'interrupted' },
        { way: 'gone' },
        { way: 'interrupted' },
        { way: 'doubted' },
        {},
        { way: 'interrupted' },
        {},
      ] as const) {
        at.laptop.become({ ...paired, ...change });
        await settled();
      }
      at.console.server.authorize();
      await at.console.timer.advance(6_000);
    });
    expect(end.exitCode).toBe(0);
    expect(eventsIn(end.out).filter((event) => event.startsWith('laptop_'))).toEqual([
      'laptop_doubted',
      'laptop_trouble',
      'laptop_doubted',
      'laptop_recovered',
    ]);
  });

  test.each([
    ['for a reason', 'pairing_ended' as const, ['laptop_trouble', 'laptop_trouble']],
    ['by a person here', undefined, ['laptop_trouble']],
  ])(
    'does not say that a laptop is back which is gone when the pairing ends %s',
    async (_name, failureCode, expected) => {
      const { out } = await at.run('acquire --json --laptop=10.0.0.7 --pairing=BCDFGHJK', async () => {
        const paired = await withCode(() => at.console.userCodes.length > 0);
        for (const view of [{ ...paired, way: 'gone' }, endedFor(failureCode), null] as const) {
          at.laptop.become(view);
          await settled();
        }
        at.console.server.authorize();
        await at.console.timer.advance(6_000);
      });
      expect(eventsIn(out).filter((event) => event.startsWith('laptop_'))).toEqual(expected);
    },
  );

  test('says once that requests get no answer through the laptop, and when it is tried first again', async () => {
    const terminal = new MemoryTerminal();
    const end = await at.run(
      'acquire --no-qr --laptop=10.0.0.7 --pairing=BCDFGHJK',
      async () => {
        const paired = await withCode(() => terminal.out.includes(at.console.userCodes.at(-1) ?? 'no code yet'));
        for (const time of ['first', 'again']) {
          at.laptop.become({ ...paired, way: 'doubted' });
          await until(() => terminal.out.includes('got no answer through the laptop'), time);
        }
        at.laptop.become(paired);
        await until(() => terminal.out.includes('tries the laptop first again'), 'the end of it');
        await authorize(terminal);
      },
      terminal,
    );
    expect(end.exitCode).toBe(0);
    expect(end.out.match(/got no answer through the laptop/g)).toHaveLength(1);
    expect(end.out).not.toContain('The laptop answers again');
  });

  test('shows no link and no QR code while the laptop helps, and both once it is lost', async () => {
    const terminal = new MemoryTerminal();
    const link = /Open the link|https:\/\/|[▀▄█]/;
    const end = await at.run(
      'acquire --laptop=10.0.0.7 --pairing=BCDFGHJK',
      async () => {
        const paired = await withCode(() => terminal.out.includes(at.console.userCodes.at(-1) ?? 'no code yet'));
        for (const way of ['doubted', 'interrupted', 'relaying'] as const) {
          at.laptop.become({ ...paired, way });
          await settled();
        }
        expect(terminal.out).not.toMatch(link);
        for (const view of [{ ...paired, way: 'gone' as const }, endedFor('pairing_ended')]) {
          at.laptop.become(view);
          await settled();
        }
        await authorize(terminal);
      },
      terminal,
    );
    expect(end.exitCode).toBe(0);
    expect(end.out).toMatch(/█/);
    expect(end.out.match(/Open the link/g)).toHaveLength(1);
    expect(end.out.indexOf('no longer answers')).toBeLessThan(end.out.indexOf('Open the link'));
  });

  test.each([
    ['pairing_address_invalid', 2, 'not the address of a laptop'],
    ['pairing_code_invalid', 2, 'not a pairing code'],
    ['laptop_unreachable', 6, 'TCP port 41740'],
    ['pairing_code_wrong', 1, 'did not accept the code'],
    ['pairing_ended', 1, 'stopped helping'],
    ['pairing_version', 1, 'another version'],
  ] as const)('ends with %s: exit code %d, in words', async (code, exitCode, says) => {
    at.laptop.accepts = fail(code);
    const end = await at.run('acquire --laptop=10.0.0.7 --pairing=BCDFGHJK');
    expect(end.exitCode).toBe(exitCode);
    expect(end.err.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(end.out + end.err).not.toContain('BCDFGHJK');
  });
});

describe('a laptop that helps already', () => {
  const line = 'acquire --no-qr --laptop=10.0.0.7';
  const pairing = '--pairing=BCDFGHJK';
  const helps = (profileId: string): PairedLaptopView => ({
    state: 'paired',
    profileId,
    address: '10.0.0.9',
    words: ['amazing', 'orbit', 'walnut'],
    endsAt: 7_200_000,
    way: 'relaying',
  });

  test.each([
    ['another server', 'second', 'A laptop helps Second now'],
    ['a server that is not set up yet', 'next', 'A laptop helps a new server now'],
    ['this server', profile.id, 'Leave out --laptop'],
  ])('%s is not taken away: the command is refused, in words', async (_name, profileId, says) => {
    at.hasSecond = true;
    for (const view of [
      helps(profileId),
      { ...helps(profileId), way: 'gone' as const },
      { state: 'connecting' as const, profileId, address: '10.0.0.9' },
    ]) {
      at.laptop.become(view);
      const end = await at.run(`${line} ${pairing}`);
      expect(end.exitCode).toBe(exitCodes.failed);
      expect(end.err.replaceAll(/\s+/g, ' ')).toContain(says);
      expect(at.laptop.view()).toEqual(view);
    }
    expect(at.laptop.typed).toEqual([]);
  });

  test('goes on after a command that never paired', async () => {
    at.hasSecond = true;
    at.laptop.become(helps('second'));
    for (const command of ['acquire', 'diagnose', 'refresh'])
      expect((await at.run(`${command} --server=${profile.id} --json --laptop=10.0.0.7`)).exitCode).not.toBe(0);
    expect(at.laptop).toMatchObject({ typed: [], ended: 0 });
    expect(at.laptop.view()).toEqual(helps('second'));
  });

  test('is not taken away if the window was paired while the person typed the code', async () => {
    const terminal = new MemoryTerminal();
    terminal.ask = async () => {
      at.laptop.become(helps('second'));
      return succeed('bcdf ghjk');
    };
    expect((await at.run(line, () => {}, terminal)).exitCode).toBe(exitCodes.failed);
    expect(at.laptop.typed).toEqual([]);
    expect(at.laptop.view()).toEqual(helps('second'));
  });

  test.each(['before it has an answer', 'while it waits for the license'])(
    'is kept, and not reported, if the window pairs another server during a command, %s',
    async (when) => {
      at.laptop.isKnown = when !== 'before it has an answer';
      const end = await at.run(`${line} ${pairing}`, async (terminal) => {
        const isThere = at.laptop.isKnown
          ? () => at.console.userCodes.length > 0
          : () => terminal.out.includes('has to');
        await until(isThere, 'the pairing');
        await at.laptop.pair('second', '10.0.0.9', 'LMNPQRST');
        at.laptop.takeWay('gone');
        await settled();
        if (at.laptop.isKnown) await authorize(terminal);
      });
      expect(end.exitCode).toBe(at.laptop.isKnown ? 0 : exitCodes.failed);
      expect(end.out + end.err).not.toContain('no longer answers');
      expect(at.laptop.ended).toBe(0);
      expect(at.laptop.view()).toMatchObject({ profileId: 'second', way: 'gone' });
      expect(at.listeners).toBe(0);
    },
  );
});

describe('refresh --laptop and diagnose --laptop', () => {
  beforeEach(async () => {
    await at.run('acquire --no-qr --laptop=10.0.0.7 --pairing=BCDFGHJK', authorize);
    at.laptop.typed.length = 0;
    at.laptop.ended = 0;
  });
  const lines = ['refresh', 'diagnose'] as const;
  const pairing = '--laptop=10.0.0.7 --pairing=BCDFGHJK';

  test.each(lines)('%s pairs first, then does its work, and ends the pairing', async (command) => {
    at.laptop.isKnown = false;
    const end = await at.run(`${command} ${pairing}`, async (terminal) => {
      await until(() => terminal.out.includes('has to confirm'), 'the sentence');
      expect(terminal.out).not.toMatch(/Refreshed|Fusion License Console/);
      expect(at.laptop.ended).toBe(0);
      at.laptop.takeWay('relaying');
    });
    expect(end).toMatchObject({ exitCode: 0, err: '' });
    expect(end.out).toContain('amazing orbit walnut');
    expect(end.out).toMatch(command === 'refresh' ? /refreshed/i : /1\.2\.3/);
    expect(at.laptop.typed).toEqual([{ profileId: profile.id, address: '10.0.0.7', code: 'BCDFGHJK' }]);
    expect(at.laptop.ended).toBe(1);
    expect(at.listeners).toBe(0);
  });

  test.each(lines)('%s waits for the person at a laptop, and otherwise for nobody', (command) => {
    expect(takesLong([command])).toBe(false);
    for (const option of [['--laptop=10.0.0.7'], ['--laptop', '10.0.0.7']])
      expect(takesLong([command, ...option])).toBe(true);
  });

  test.each(lines)('%s writes one JSON document', async (command) => {
    const end = await at.run(`${command} --json ${pairing}`);
    expect(end.exitCode).toBe(0);
    expect(JSON.parse(end.out)).toHaveProperty('servers');
  });

  test.each(lines)('%s ends with the failure of the pairing, and does nothing', async (command) => {
    at.laptop.accepts = fail('pairing_code_wrong');
    const end = await at.run(`${command} ${pairing}`);
    expect(end).toMatchObject({ exitCode: 1 });
    expect(end.err).toContain('did not accept the code');
    expect(end.out).not.toMatch(/refreshed|1\.2\.3/i);
  });

  test.each(lines)('%s is for one server, since a laptop helps one', async (command) => {
    at.hasSecond = true;
    const end = await at.run(`${command} ${pairing}`);
    expect(end).toMatchObject({ exitCode: exitCodes.usage });
    expect(end.err).toContain('--server=NAME');
    expect(at.laptop.typed).toEqual([]);
    expect(await at.run(`${command} --server=${profile.id} ${pairing}`)).toMatchObject({ exitCode: 0 });
    expect(at.laptop.typed).toHaveLength(1);
  });

  test.each(['refresh --pairing=BCDFGHJK', 'diagnose --pairing=BCDFGHJK', `diagnose --save=d.zip ${pairing}`])(
    '%s is malformed',
    async (line) => {
      expect((await at.run(line)).exitCode).toBe(exitCodes.usage);
      expect(at.laptop.typed).toEqual([]);
    },
  );

  test('refresh keeps the pairing at Ctrl-C until the answer is there, which would be lost with it', async () => {
    const { server } = at.console;
    const before = server.requests.length;
    let answer = () => {};
    server.waits = new Promise((resolve) => (answer = resolve));
    await at.run(`refresh ${pairing}`, async (terminal) => {
      await until(() => server.requests.length > before, 'the request');
      terminal.cancel();
      await settled();
      expect(at.laptop.ended).toBe(0);
      answer();
    });
    expect(at.laptop.ended).toBe(1);
  });

  test.each(lines)('%s ends the pairing at Ctrl-C, in time', async (command) => {
    at.laptop.isKnown = false;
    const end = await at.run(`${command} ${pairing}`, async (terminal) => {
      await until(() => terminal.out.includes('has to confirm'), 'the sentence');
      terminal.cancel();
    });
    expect(end.exitCode).toBe(exitCodes.cancelled);
    await until(() => at.laptop.ended === 1, 'the end of the pairing');
    expect(at.listeners).toBe(0);
  });
});
