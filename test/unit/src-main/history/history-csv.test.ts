import { describe, expect, it } from 'vitest';
import { csvCell, historyCsv, historyFileName } from '../../../../src-main/history/history-csv.ts';
import type { HistoryEntry } from '../../../../src-shared/history/history-entry.ts';
import { mergeRuns } from '../../../../src-shared/history/history-runs.ts';
import type { LicenseEvent } from '../../../../src-shared/license/license-event.ts';
import { everyEvent } from '../../../fakes/every-event.ts';
import { dayMs } from '../../../fakes/history-entries.ts';

const at = Date.parse('2026-03-10T12:00:00Z');
const csvOf = (...entries: readonly HistoryEntry[]) => historyCsv(mergeRuns(entries));
const acquired = (serverId: string): LicenseEvent => ({
  kind: 'acquired',
  serverId,
  replaced: false,
  tokenIssuedAt: at,
  tokenExpiresAt: at + dayMs,
});

/** A reader of RFC 4180, strict about quotes and line ends. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const [, inQuotes, plain, end] = field.exec(text) ?? [];
    if (end === undefined) throw new Error('Not RFC 4180');
    record.push(inQuotes === undefined ? (plain ?? '') : inQuotes.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

const recordsOf = (text: string) => readCsv(text.replace('\u{FEFF}', ''));

describe('the history as CSV', () => {
  it('begins with the byte order mark and a header row, and ends each record with CRLF', () => {
    const text = csvOf({ at, event: { kind: 'removed', revoked: true } });
    expect(text).toMatch(/^\u{FEFF}Time,Time \(UTC\),First time \(UTC\),Times,What happened,Details,Code,/u);
    expect(text.split('\r\n')).toHaveLength(3);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(new TextEncoder().encode(text).slice(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf));
  });

  it('is only the header row for an empty history', () => {
    expect(recordsOf(csvOf())).toHaveLength(1);
  });

  it('has one record for each row, newest first, with the exact instants', () => {
    const failed = (minutes: number): HistoryEntry => ({
      at: at + minutes * 60_000,
      event: { kind: 'refresh_failed', code: 'network_unreachable' },
    });
    const records = recordsOf(
      csvOf({ at, wallAt: at - 366 * dayMs, event: everyEvent[6] as LicenseEvent }, failed(1), failed(9)),
    );
    expect(records).toHaveLength(3);
    const [time, utc, firstUtc, times, what, detail, code, clock] = records[1] ?? [];
    expect(time).toMatch(/^2026-03-\d\d \d\d:\d\d:00$/);
    expect([utc, firstUtc, times]).toEqual(['2026-03-10T12:09:00Z', '2026-03-10T12:01:00Z', '2']);
    expect(what).toMatch(/^Refreshing the license token failed 2 times, \d\d:01 to \d\d:09$/);
    expect([detail, code, clock]).toEqual(['The Authorization server cannot be reached.', 'network_unreachable', '']);
    expect(records[2]?.at(-1)).toBe('2025-03-09T12:00:00Z');
  });

  it('can be read by a strict reader for every kind of event', () => {
    const records = recordsOf(csvOf(...everyEvent.map((event) => ({ at, event }))));
    expect(records).toHaveLength(everyEvent.length + 1);
    for (const record of records) expect(record).toHaveLength(8);
  });

  it('quotes what needs quotes', () => {
    const [, record] = recordsOf(csvOf({ at, event: acquired('Store "14", left\r\nof the door') }));
    expect(record?.[5]).toContain('Server ID Store "14", left of the door.');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=cmd|" /C calc"!A0'])(
    'marks a cell that begins like a formula as text: %j',
    (hostile) => {
      expect(readCsv(`${csvCell(hostile)}\r\n`)).toEqual([[`'${hostile}`]]);
      const records = recordsOf(csvOf({ at, event: acquired(hostile) }));
      for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    },
  );

  it.each([
    ["x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0"],
    ['x; "+1', `x; "'+1`],
    ['x\t@SUM(A1)', "x\t'@SUM(A1)"],
    ['x\n-1', "x\n'-1"],
    ['＝1+1', "'＝1+1"],
  ])('marks a formula as text after other characters that separate cells: %j', (hostile, cell) => {
    expect(readCsv(`${csvCell(hostile)}\r\n`)).toEqual([[cell]]);
  });

  it('leaves any other cell as it is', () => {
    for (const cell of ['', 'a; b', 'a;b-c', 'a-b', 'a=b', ' =1', 'zwölf', '2026-03-10'])
      expect(csvCell(cell)).toBe(cell);
  });
});

describe('the name of the CSV file', () => {
  it.each([
    ['Store 014', 'License history Store 014 2026-03-10.csv'],
    ['../../etc/passwd', 'License history .. .. etc passwd 2026-03-10.csv'],
    ['C:\\x\u0000*?"<>|\n', 'License history C x 2026-03-10.csv'],
    ['Köln ✓', 'License history Köln ✓ 2026-03-10.csv'],
  ])('%j', (serverName, expected) => {
    expect(historyFileName(serverName, at)).toBe(expected);
  });
});
