import { inFileName } from '../../src-shared/text/file-name.ts';
import type { HistoryRow } from '../../src-shared/history/history-runs.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';

const columns = words.history.csvColumns;
type Column = keyof typeof columns;
const order: readonly Column[] = ['time', 'utc', 'firstUtc', 'times', 'what', 'detail', 'code', 'clock'];

/**
 * Rows as CSV (RFC 4180), with a header row and a byte order mark, by which Excel recognizes UTF-8. Cells that a spreadsheet would treat as
 * a formula are marked as text, since some of them come from outside, such as a Server ID.
 */
export function historyCsv(rows: readonly HistoryRow[]): string {
  return csvFile([order.map((column) => columns[column]), ...rows.map(cellsOf)]);
}

/** Lines of cells as CSV, the header row first, as in {@link historyCsv}. */
export function csvFile(lines: readonly (readonly string[])[]): string {
  return `\u{FEFF}${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** The file name for a server's history. */
export function historyFileName(serverName: string, nowAt: number): string {
  return `${words.history.fileName(inFileName(serverName), nowAt)}.csv`;
}

function cellsOf(row: HistoryRow): readonly string[] {
  const { headline, detail, code } = words.history.row(row);
  const { sortable, exact } = words.dates;
  const cells: Record<Column, string> = {
    time: sortable(row.at),
    utc: exact(row.at),
    firstUtc: exact(row.firstAt),
    times: String(row.times),
    what: headline,
    detail,
    code: code ?? '',
    clock: row.wallAt === undefined ? '' : exact(row.wallAt),
  };
  return order.map((column) => shownText(cells[column]));
}

/** The start of a formula in a cell. Some locales' spreadsheets also start a cell after a semicolon, a tab or a line end. */
const formula = /^(?=[=+\-@\t\r＝＋－＠])|(?<=[;\t\r\n]["' ]*)(?=[=+\-@＝＋－＠])/gu;

/** One cell as it is written to the file: formulas marked, and quoted if necessary. */
export function csvCell(cell: string): string {
  const text = cell.replaceAll(formula, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
