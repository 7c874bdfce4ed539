import type { ConsoleState } from '../../src-shared/console-state.ts';
import { inFileName } from '../../src-shared/file-name.ts';
import type { ExportOutcome, HandlersOf } from '../../src-shared/ipc-contract.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import type { FileExport } from '../ports/file-export.ts';

export interface ExportHandlersDeps {
  readonly state: () => ConsoleState;
  readonly fileExport: FileExport;
  /** Lets the operating system print the page. Failure: `print_failed`. */
  readonly print: () => Promise<Result<null>>;
  /** The page as it is printed. Failure: `pdf_not_made`. */
  readonly pdf: () => Promise<Result<Uint8Array>>;
}

/** The handlers of what leaves the console on paper or as a file. */
export function exportHandlers(deps: ExportHandlersDeps): HandlersOf<'export'> {
  return {
    'export.print': () => deps.print(),
    'export.save_pdf': () => savePdf(deps),
    'export.show_saved': () => deps.fileExport.showSaved(),
  };
}

/** Failures: `not_licensed`, `pdf_not_made`, `export_not_written`. */
async function savePdf({ state, pdf, fileExport }: ExportHandlersDeps): Promise<Result<ExportOutcome>> {
  const { profile, license, at } = state();
  if (!profile || !license) return fail('not_licensed');
  // Made before the person is asked for a name: the license may change while the dialog is open.
  const made = await pdf();
  if (!made.ok) return made;
  return fileExport.save({
    suggestedName: summaryFileName(profile.serverName, at),
    title: words.license.saveDialogTitle,
    kind: words.license.pdfFiles,
    content: made.value,
  });
}

/** The file name for the summary of a server's license on that day. */
export function summaryFileName(serverName: string, at: number): string {
  return `${words.license.fileName(inFileName(serverName), at)}.pdf`;
}
