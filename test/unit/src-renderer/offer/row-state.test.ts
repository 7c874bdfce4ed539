import { describe, expect, test } from 'vitest';
import { rowState, secondsLeft, waitsForPerson } from '../../../../src-renderer/offer/row-state.ts';
import type { HelpedServer, ServerReport } from '../../../../src-shared/pairing.ts';
import { helps } from '../../../gallery/pairings.ts';

const [licensed, waits] = helps.waits.servers;
const at = waits.reportedAt ?? 0;
const acquiring = (server: HelpedServer, acquisition: ServerReport['acquisition']): HelpedServer => ({
  ...server,
  report: server.report && { ...server.report, acquisition },
});

describe('the row of a paired server', () => {
  test('is about the first thing that stands in the way', () => {
    const found = helps.rows.servers.map((server) => [server.id, rowState(server, at)]);
    expect(Object.fromEntries(found)).toEqual({
      'pairing-silent': 'no_report',
      'pairing-lost': 'lost',
      'pairing-checking': 'checking',
      'pairing-issuer': 'issuer_failed',
      'pairing-failed': 'progress',
      'pairing-ended': 'code_ended',
      'pairing-storing': 'progress',
      'pairing-endless': 'licensed',
      'pairing-licensed': 'licensed',
      'pairing-question': 'question',
      'pairing-code': 'code',
    });
  });

  test('is about a new User Code although a license is held: the server acquires another one', () => {
    const again = acquiring(licensed, { state: 'awaiting_authorization', userCode: '1', remainingSeconds: 9 });
    expect(rowState(again, at)).toBe('code');
  });

  test('asks for the issuer although a license is held: its refreshes wait for that', () => {
    expect(rowState({ ...licensed, issuer: { state: 'unconfirmed' } }, at)).toBe('question');
    expect(rowState({ ...licensed, issuer: { state: 'checking' } }, at)).toBe('checking');
  });

  test('says that the server has disconnected, unless it is licensed', () => {
    expect(rowState({ ...waits, connected: false, left: true }, at)).toBe('left');
    expect(rowState({ ...waits, connected: false, left: true, report: null }, at)).toBe('left');
    expect(rowState({ ...licensed, connected: false, left: true }, at)).toBe('licensed');
  });

  test('stays licensed after its connection has ended, and says nothing of a code that cannot be used then', () => {
    expect(rowState({ ...licensed, connected: false }, at)).toBe('licensed');
    expect(rowState({ ...waits, connected: false }, at)).toBe('lost');
  });
});

describe('the time left for a User Code', () => {
  test('runs from when the report came, and ends at 0', () => {
    expect(secondsLeft(waits, at)).toBe(250);
    expect(secondsLeft(waits, at + 10_000)).toBe(240);
    expect(secondsLeft(waits, at + 3_600_000)).toBe(0);
    expect(rowState(waits, at + 250_000)).toBe('code_ended');
  });

  test('does not grow when the clock of this computer is set back', () => {
    expect(secondsLeft(waits, at - 60_000)).toBe(250);
  });

  test('is unknown without a code', () => {
    expect(secondsLeft(licensed, at)).toBeUndefined();
  });
});

describe('a server waits for the person', () => {
  test('while it asks or has a code', () => {
    const waiting = helps.rows.servers.filter((server) => waitsForPerson(server, at));
    expect(waiting.map(({ id }) => id)).toEqual(['pairing-question', 'pairing-code']);
  });

  test('not once its code has ended', () => {
    expect(waitsForPerson(waits, at + 250_000)).toBe(false);
  });
});
