import type { Result } from '../../src-shared/result.ts';

/** Whether the operating system starts the console, without its window, when this person signs in. */
export interface LoginItem {
  /** `unavailable` where this system or this installation has no such thing. */
  state(): 'on' | 'off' | 'unavailable';
  /** Failure: `login_item_refused`, as where the computer's administrator decides. */
  set(on: boolean): Result<null>;
}
