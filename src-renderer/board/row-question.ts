import type { BoardRow } from '../../src-shared/servers/board.ts';
import type { ServerView } from '../../src-shared/window/console-state.ts';

export type RowAct = 'note' | 'rename' | 'archive' | 'forget';

/** What a person wants to do with a server, asked in a dialog. */
export interface RowQuestion {
  readonly to: RowAct;
  readonly row: BoardRow;
  /** As it was when the dialog opened: a forgotten server is gone before its dialog closes. Null for a server that only reported. */
  readonly server: ServerView | null;
}

/** `servers`: those of this console. Null if the server is no longer one of them, although its row is still shown. */
export function rowQuestion(to: RowAct, row: BoardRow, servers: readonly ServerView[]): RowQuestion | null {
  if (row.kind === 'reported') return { to, row, server: null };
  const server = servers.find(({ id }) => id === row.id);
  return server ? { to, row, server } : null;
}
