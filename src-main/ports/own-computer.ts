/** A computer, as this account's other computers know it. */
export interface Computer {
  /** The same as long as the system on it is; tells nothing else of it. */
  readonly id: string;
  /** Its name in the network, for people. */
  readonly name: string;
}

/** The computer that this console runs on; null where the system does not say. Asked for once, never fails. */
export type OwnComputer = () => Promise<Computer | null>;
