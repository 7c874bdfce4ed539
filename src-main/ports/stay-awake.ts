/** Keeps the computer from going to sleep automatically. Its screen may still be switched off. */
export interface StayAwake {
  /** Does nothing if that is so already. */
  set(isAwake: boolean): void;
}
