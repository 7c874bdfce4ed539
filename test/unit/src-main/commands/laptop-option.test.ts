import type { LaptopView, PairedLaptopView } from '../../../../src-shared/laptop-view.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { exitCodes } from '../../../../src-main/commands/exit-codes.ts';
import { present } from '../../../../src-shared/present.ts';
import { fail } from '../../../../src-shared/result.ts';
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
    expect(end.exitCode).toBe(exitCodes.refused);
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
        await until(() => terminal.out.includes('tries the connection of the laptop first again'), 'the end of it');
        await authorize(terminal);
      },
      terminal,
    );
    expect(end.exitCode).toBe(0);
    expect(end.out.match(/got no answer through the laptop/g)).toHaveLength(1);
    expect(end.out).not.toContain('The laptop answers again');
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
