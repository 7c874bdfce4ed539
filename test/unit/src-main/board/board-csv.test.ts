import { describe, expect, it } from 'vitest';
import { boardCsv, boardFileName } from '../../../../src-main/board/board-csv.ts';
import type { BoardRow } from '../../../../src-shared/servers/board.ts';

const at = Date.UTC(2026, 10, 26, 11, 5);
const row: BoardRow = {
  kind: 'own',
  id: 'p1',
  name: 'Store 014',
  edition: 'store',
  issuer: 'https://user:secret@auth.example.com/',
  environment: 'sandbox',
  status: 'licensed',
  tone: 'good',
  action: null,
  urgency: 4,
  archived: false,
};
const linesOf = (rows: readonly BoardRow[]) => boardCsv({ at, rows }).split('\r\n');

describe('the list of servers as CSV', () => {
  it('has a header and a line for each server, including archived ones', () => {
    const lines = linesOf([row, { ...row, name: 'Store 020', archived: true, reportedAt: at - 60_000 }]);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('Server,Edition,Organization');
    expect(lines[1]).toBe('Store 014,Store,,https://auth.example.com,Sandbox,,,,Licensed,,,,,,,2026-11-26T11:05:00Z,');
    expect(lines[2]).toContain('Yes,2026-11-26T11:04:00Z');
  });

  it('marks texts that a spreadsheet would take for formulas, and leaves out the User Code', () => {
    const hostile = '=HYPERLINK("https://evil.example","x")';
    const [, line = ''] = linesOf([
      { ...row, name: hostile, note: '@SUM(A1)', serverId: '-1+1', userCode: 'WDJB-MJHT' },
    ]);
    expect(line.startsWith(`"'=HYPERLINK`)).toBe(true);
    expect(line).toContain("'@SUM(A1)");
    expect(line).toContain("'-1+1");
    expect(line).not.toContain('WDJB');
  });

  it('has the day in its file name', () => {
    expect(boardFileName(at)).toBe('Servers 2026-11-26.csv');
  });
});
