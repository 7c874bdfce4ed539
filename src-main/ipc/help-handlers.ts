import type { AboutView } from '../../src-shared/support/about-view.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { ExportOutcome, HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { linkOf, type SupportContactState } from '../../src-shared/support/support-contact.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { savedDiagnostics } from '../diagnostics/saved-diagnostics.ts';
import { supportSummary } from '../diagnostics/support-text.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileExport } from '../ports/file-export.ts';
import type { TimeService } from '../ports/time-service.ts';
import type { Timer } from '../ports/timer.ts';
import { ClockSetting } from '../time/clock-setting.ts';

export interface HelpHandlersDeps {
  readonly state: () => ConsoleState;
  /** What support asks for first. */
  readonly about: () => Promise<AboutView>;
  /** Failure: `log_folder_not_opened`. */
  readonly openLogFolder: () => Promise<Result<null>>;
  readonly copy: (text: string) => Promise<Result<null>>;
  readonly supportContact: () => SupportContactState;
  /** Opens a page, an e-mail or a call. Resolves to false if no program opened it. */
  readonly openContact: (address: string) => Promise<boolean>;
  readonly diagnostics: Pick<Diagnostics, 'collect' | 'end' | 'read' | 'zip'>;
  readonly fileExport: FileExport;
  /** Null on a system without a known time service. */
  readonly timeService: TimeService | null;
  readonly clock: Clock;
  readonly timer: Timer;
}

/** The handlers of the help: support, the diagnostics, and setting this computer's clock. */
export function helpHandlers(deps: HelpHandlersDeps): HandlersOf<'support' | 'diagnostics' | 'clock'> {
  const { state, about, openLogFolder, copy, supportContact, diagnostics, timeService, clock } = deps;
  const setting = new ClockSetting(clock, deps.timer);
  return {
    'support.about': async () => succeed(await about()),
    'support.copy': async ({ code }) => copy(supportSummary(state(), code, await about())),
    'support.contact': async () => succeed(supportContact()),
    // The page names only the kind of contact. The address comes from the administrator's file.
    'support.reach': async ({ by }) => {
      const known = supportContact();
      const link = known.state === 'set' ? linkOf(known.contact, by) : null;
      return link !== null && (await deps.openContact(link)) ? succeed(null) : fail('contact_not_opened');
    },
    'support.open_log_folder': openLogFolder,
    'diagnostics.collect': async () => {
      diagnostics.collect();
      return succeed(null);
    },
    'diagnostics.end': async () => {
      diagnostics.end();
      return succeed(null);
    },
    'diagnostics.read': ({ name }) => diagnostics.read(name),
    'diagnostics.save': () => saveDiagnostics(deps),
    'clock.start_time_service': async () => {
      setting.begin();
      return timeService ? timeService.start() : fail('time_service_not_started');
    },
    'clock.await_setting': async () => succeed({ wasSet: await setting.wasSet(), at: clock.wallNow() }),
  };
}

/** Failures: those of {@link Diagnostics.zip}, and `diagnostics_not_saved`. */
async function saveDiagnostics({ diagnostics, fileExport, clock }: HelpHandlersDeps): Promise<Result<ExportOutcome>> {
  // Made before the person is asked for a name: they may close the window while the dialog is open.
  const zip = await diagnostics.zip();
  if (!zip.ok) return zip;
  const { diagnosticsWords } = await import('../../src-shared/words/diagnostics-words.ts');
  const day = words.dates.sortableDay(clock.wallNow());
  const saved = await fileExport.save({
    suggestedName: diagnosticsWords.fileName(day),
    title: diagnosticsWords.saveDialogTitle,
    kind: diagnosticsWords.zipFiles,
    content: zip.value,
  });
  return savedDiagnostics(saved);
}
