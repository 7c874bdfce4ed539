import { describe, expect, test } from 'vitest';
import { rowState, secondsLeft, waitsForPerson } from '../../../../src-renderer/offer/row-state.ts';
import type { HelpedServer, ServerReport } from '../../../../src-shared/pairing/pairing.ts';
import { helps } from '../../../gallery/pairings.ts';

const [licensed, waits] = helps.waits.servers;
const at = waits.reportedAt ?? 0;
const acquiring = (server: HelpedServer, acquisition: ServerReport['acquisition']): HelpedServer => ({
  ...server,
  report: server.report && { ...server.report, acquisition },
});

describe('the row of a paired server', () => {
  test('shows the first obstacle', () => {
    const found = helps.rows.servers.map((server) => [server.id, rowState(server, at)]);
    expect(Object.fromEntries(found)).toEqual({
      'pairing-silent': 'no_report',
      'pairing-lost': 'lost',
      'pairing-checking': 'checking',
      'pairing-issuer': 'issuer_failed',
      'pairing-nameless': 'issuer_failed',
      'pairing-untrusted': 'issuer_failed',
      'pairing-failed': 'progress',
      'pairing-ended': 'code_ended',
      'pairing-storing': 'progress',
      'pairing-endless': 'licensed',
      'pairing-licensed': 'licensed',
      'pairing-question': 'question',
      'pairing-refused': 'refused',
      'pairing-code': 'code',
    });
  });

  test('shows a new User Code even if the server is licensed, since it acquires another license', () => {
    const again = acquiring(licensed, { state: 'awaiting_authorization', userCode: '1', remainingSeconds: 9 });
    expect(rowState(again, at)).toBe('code');
  });

  test('asks for the issuer even if the server is licensed, since its refreshes wait for the answer', () => {
    expect(rowState({ ...licensed, issuer: { state: 'unconfirmed' } }, at)).toBe('question');
    expect(rowState({ ...licensed, issuer: { state: 'checking' } }, at)).toBe('checking');
  });

  test('shows that the server has disconnected, unless it is licensed', () => {
    expect(rowState({ ...waits, connected: false, left: true }, at)).toBe('left');
    expect(rowState({ ...waits, connected: false, left: true, report: null }, at)).toBe('left');
    expect(rowState({ ...licensed, connected: false, left: true }, at)).toBe('licensed');
  });

  test('stays licensed after the connection has ended, and does not show a code that no longer works', () => {
    expect(rowState({ ...licensed, connected: false }, at)).toBe('licensed');
    expect(rowState({ ...waits, connected: false }, at)).toBe('lost');
  });
});

describe('the time left for a User Code', () => {
  test('counts down from the arrival of the report, and ends at 0', () => {
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

  test('but not once its code has expired', () => {
    expect(waitsForPerson(waits, at + 250_000)).toBe(false);
  });
});
