/** What tells one server from another, as far as the person or the license token says. */
export interface ServerIdentity {
  readonly serverName?: string;
  readonly serverId?: string;
  /** The organization's name, or its identifier if it has no name. */
  readonly organization?: string;
  /** The edition that was meant, or the one of the token, if the console does not know it. */
  readonly edition?: string;
  /** The device type that was meant, or the one of the token, if the console does not know it. */
  readonly deviceType?: string;
}

export type DifferingMember = keyof ServerIdentity;

/** A new license that may be for another server than the person meant. A person decides whether to keep it. */
export interface ServerDifference {
  /** What differs, the most important first. Empty if the server was renamed since, and nothing differs now. */
  readonly differs: readonly DifferingMember[];
  /** What the person set, and what the current license says. */
  readonly meant: ServerIdentity;
  readonly found: ServerIdentity;
  /** The name that the server gets if the license is kept. Absent if its name stays. */
  readonly newName?: string;
  /** The device's name, if the server cannot get it because another server of this console has it. */
  readonly takenName?: string;
}
