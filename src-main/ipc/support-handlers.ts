import type { AboutView } from '../../src-shared/support/about-view.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { linkOf, type SupportContactState } from '../../src-shared/support/support-contact.ts';
import { supportSummary } from '../diagnostics/support-text.ts';

export interface SupportHandlersDeps {
  readonly state: () => ConsoleState;
  /** What support asks for first. */
  readonly about: () => Promise<AboutView>;
  /** Failure: `log_folder_not_opened`. */
  readonly openLogFolder: () => Promise<Result<null>>;
  readonly copy: (text: string) => Promise<Result<null>>;
  readonly supportContact: () => SupportContactState;
  /** Opens a page, an e-mail or a call. Resolves to false if no program opened it. */
  readonly openContact: (address: string) => Promise<boolean>;
}

/** The handlers for getting support. */
export function supportHandlers(deps: SupportHandlersDeps): HandlersOf<'support'> {
  const { state, about, openLogFolder, copy, supportContact } = deps;
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
  };
}
