import type { FailureCode } from '../../src-shared/failure-codes.ts';

/** A proxy on this computer that passes the requests of one server profile on to a laptop. */
export interface RelayWay {
  readonly port: number;
  /** Only callers that know them may use the proxy. They are secrets, kept only in memory. */
  readonly name: string;
  readonly password: string;
  /** Did the last request on this route get no answer? This computer's own route is then tried first. */
  readonly isDoubted: boolean;
  /** Why the laptop did not open the last connection to this host and port. Null if it did. */
  refusalOf(authority: string): FailureCode | null;
  /** Records whether a request on this route was answered. */
  noteAnswer(came: boolean): void;
}

/** The route of the requests of each server profile. At most one profile has its own route. */
export interface RelayControl {
  /** From now on only the requests of this profile take this route. */
  begin(profileId: string, way: RelayWay): void;
  /** From now on all requests go directly again. */
  end(): void;
}
