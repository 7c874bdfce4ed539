/** Remembers which User Code the last message contains that was handed on to a person elsewhere. */
export class MessageHandedOn {
  #userCode: string | null = null;

  note(userCode: string): void {
    this.#userCode = userCode;
  }

  /** Does the message contain an older code than this one? */
  isOlderThan(userCode: string): boolean {
    return this.#userCode !== null && this.#userCode !== userCode;
  }

  /** The message has done its work. */
  end(): void {
    this.#userCode = null;
  }
}
