import type { AboutView } from '../../src-shared/about-view.ts';
import type { ConsoleState } from '../../src-shared/console-state.ts';
import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { supportSummary } from './copied-text.ts';

export interface SupportHandlersDeps {
  readonly state: () => ConsoleState;
  /** What support asks for first. */
  readonly about: () => Promise<AboutView>;
  /** Failure: `log_folder_not_opened`. */
  readonly openLogFolder: () => Promise<Result<null>>;
  readonly copy: (text: string) => Promise<Result<null>>;
}

/** The handlers of what a person sends to support. */
export function supportHandlers({ state, about, openLogFolder, copy }: SupportHandlersDeps): HandlersOf<'support'> {
  return {
    'support.about': async () => succeed(await about()),
    'support.copy': async ({ code }) => copy(supportSummary(state(), code, await about())),
    'support.open_log_folder': openLogFolder,
  };
}
