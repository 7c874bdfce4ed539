/** Keeps the computer from going to sleep automatically. Its screen may still be switched off. */
export interface StayAwake {
  /** Does nothing if it is already set. */
  set(isAwake: boolean): void;
}
