import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import type { Result } from '../../src-shared/result.ts';

/** The choices of a person about running in the background. */
export interface BackgroundIntents {
  /** Saves the answer and closes the window. Failure: `settings_not_written`; the window closes anyway. */
  answer(keepRunning: boolean): Result<null>;
  /** Ends the help if the person wants that, and closes the window. */
  answerHelp(keepHelping: boolean): Result<null>;
  stayOpen(): Result<null>;
  /** Failure: `settings_not_written`. */
  keepRunning(on: boolean): Result<null>;
  /** Failure: `login_item_refused`. */
  startAtLogin(on: boolean): Result<null>;
}

export function backgroundHandlers(intents: BackgroundIntents): HandlersOf<'background'> {
  return {
    'background.answer': async ({ keepRunning }) => intents.answer(keepRunning),
    'background.answer_help': async ({ keepHelping }) => intents.answerHelp(keepHelping),
    'background.stay_open': async () => intents.stayOpen(),
    'background.keep_running': async ({ on }) => intents.keepRunning(on),
    'background.start_at_login': async ({ on }) => intents.startAtLogin(on),
  };
}
