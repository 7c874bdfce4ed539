import type { ConsoleState, LicenseView } from '../../src-shared/window/console-state.ts';
import { inFileName } from '../../src-shared/text/file-name.ts';
import type { ExportOutcome, HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import type { ExportedFile, FileExport } from '../ports/file-export.ts';

export interface ExportHandlersDeps {
  readonly state: () => ConsoleState;
  readonly fileExport: FileExport;
  /** Lets the operating system print the page. Failure: `print_failed`. */
  readonly print: () => Promise<Result<null>>;
  /** The page as it is printed. Failure: `pdf_not_made`. */
  readonly pdf: () => Promise<Result<Uint8Array>>;
  /** The trusted time, in ms. */
  readonly trustedNow: () => number;
}

/** The handlers that print or save something as a file. */
export function exportHandlers(deps: ExportHandlersDeps): HandlersOf<'export'> {
  return {
    'export.print': () => deps.print(),
    'export.save_pdf': () =>
      saveFile(deps, deps.pdf, (serverName, at) => ({
        suggestedName: summaryFileName(serverName, at),
        title: words.license.saveDialogTitle,
        kind: words.license.pdfFiles,
      })),
    'export.save_sheet': async () => {
      const { handoverWords } = await import('../../src-shared/words/handover-words.ts');
      return saveFile(deps, deps.pdf, (serverName, at) => ({
        suggestedName: `${handoverWords.sheetName(inFileName(serverName), at)}.pdf`,
        title: handoverWords.saveSheetTitle,
        kind: words.license.pdfFiles,
      }));
    },
    'export.save_calendar': async () => {
      const { handoverWords } = await import('../../src-shared/words/handover-words.ts');
      const { licenseCalendar } = await import('../license/license-calendar.ts');
      const calendar = async (profile: ServerProfile, license: LicenseView) =>
        succeed(licenseCalendar(profile, license, deps.trustedNow()));
      return saveFile(deps, calendar, (serverName) => ({
        suggestedName: `${handoverWords.calendarName(inFileName(serverName))}.ics`,
        title: handoverWords.saveCalendarTitle,
        kind: handoverWords.calendarFiles,
      }));
    },
    'export.show_saved': () => deps.fileExport.showSaved(),
  };
}

type Content = string | Uint8Array;

/** Failures: `not_licensed`, those of `make`, `export_not_written`. */
async function saveFile(
  { state, fileExport }: ExportHandlersDeps,
  make: (profile: ServerProfile, license: LicenseView) => Promise<Result<Content>>,
  fileOf: (serverName: string, at: number) => Omit<ExportedFile, 'content'>,
): Promise<Result<ExportOutcome>> {
  const { profile, license, at } = state();
  if (!profile || !license) return fail('not_licensed');
  // Made before the person is asked for a name: the license may change while the dialog is open.
  const made = await make(profile, license);
  if (!made.ok) return made;
  return fileExport.save({ ...fileOf(profile.serverName, at), content: made.value });
}

/** The file name for the summary of a server's license on that day. */
export function summaryFileName(serverName: string, at: number): string {
  return `${words.license.fileName(inFileName(serverName), at)}.pdf`;
}
