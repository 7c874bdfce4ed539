/** Remembers which User Code is in the last message that was sent to a person elsewhere. */
export class SentMessage {
  #userCode: string | null = null;

  note(userCode: string): void {
    this.#userCode = userCode;
  }

  /** Does the message contain another code than this one? Then its code is older. */
  isOlderThan(userCode: string): boolean {
    return this.#userCode !== null && this.#userCode !== userCode;
  }

  /** Call when the code in the message is no longer needed. */
  end(): void {
    this.#userCode = null;
  }
}
