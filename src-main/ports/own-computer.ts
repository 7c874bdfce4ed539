/** A computer, as it identifies itself to this account's other computers. */
export interface Computer {
  /** Stays the same until the operating system is reinstalled. Reveals nothing else about the computer. */
  readonly id: string;
  /** Its name in the network, for people. */
  readonly name: string;
}

/** The computer that this console runs on. Null if the system gives no ID. The system is asked once. Never rejects. */
export type OwnComputer = () => Promise<Computer | null>;
