import type { Result } from '../../src-shared/result.ts';

/** Whether the operating system starts the console, without its window, when this person signs in. */
export interface LoginItem {
  /** `unavailable` if this system or this installation has no login items. */
  state(): 'on' | 'off' | 'unavailable';
  /** The program that it starts instead of this one, such as a copy in another folder. Null if it starts this one, or if that is not known. */
  startsAnother(): string | null;
  /** Failure: `login_item_refused`, for example if the computer's administrator decides. */
  set(on: boolean): Result<null>;
}
