import { plainIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { BoardRow, BoardView } from '../../src-shared/servers/board.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import { csvFile } from '../history/history-csv.ts';

const columns = words.board.csvColumns;
type Column = keyof typeof columns;

/** All rows of the board as CSV, including archived ones. User Codes are left out: they soon expire. */
export function boardCsv({ rows, at }: BoardView): string {
  const order = Object.keys(columns) as Column[];
  const lines = rows.map((row) => {
    const cells = cellsOf(row, at);
    return order.map((column) => shownText(cells[column] ?? ''));
  });
  return csvFile([order.map((column) => columns[column]), ...lines]);
}

/** The file name for the board on that day. */
export function boardFileName(nowAt: number): string {
  return `${words.board.fileName(nowAt)}.csv`;
}

function cellsOf(row: BoardRow, at: number): Record<Column, string | undefined> {
  const { exact } = words.dates;
  const { evaluation, details } = row.license ?? {};
  return {
    name: row.name,
    edition: words.frame.editions[row.edition],
    organization: row.organization,
    issuer: row.issuer && plainIssuer(row.issuer),
    environment: row.environment ? words.frame.environments[row.environment].label : undefined,
    serverId: row.serverId,
    hubName: row.hub?.name,
    hubUrl: row.hub?.url,
    status: words.board.statuses[row.status],
    renewalDate: details?.renewalDate?.date ?? (details?.renewalDate && exact(details.renewalDate.endsAt)),
    tokenExpiry: evaluation && exact(evaluation.token.expiresAt),
    action: row.action ? words.board.actions[row.action] : undefined,
    code: row.failureCode,
    note: row.note,
    archived: row.archived ? words.board.yes : undefined,
    asOf: exact(row.reportedAt ?? at),
    version: row.consoleVersion,
  };
}
