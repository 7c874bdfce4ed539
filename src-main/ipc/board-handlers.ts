import type { ExportOutcome, HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Board } from '../board/board.ts';
import { boardCsv, boardFileName } from '../board/board-csv.ts';
import type { FileExport } from '../ports/file-export.ts';

export interface BoardHandlersDeps {
  readonly board: Board;
  readonly fileExport: FileExport;
}

/** The handlers of the page with all servers. */
export function boardHandlers(deps: BoardHandlersDeps): HandlersOf<'board'> {
  const { board } = deps;
  return {
    'board.read': async () => succeed(board.view()),
    'board.note': async ({ key, note }) => board.note(key, note),
    'board.archive': async ({ key, archived }) => board.archive(key, archived),
    'board.forget_reported': async ({ id }) => board.forgetReported(id),
    'board.export': () => exportBoard(deps),
  };
}

/** Failure: `export_not_written`. */
function exportBoard({ board, fileExport }: BoardHandlersDeps): Promise<Result<ExportOutcome>> {
  const view = board.view();
  return fileExport.save({
    suggestedName: boardFileName(view.at),
    title: words.board.saveDialogTitle,
    kind: words.board.csvFiles,
    content: boardCsv(view),
  });
}
