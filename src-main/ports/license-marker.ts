import type { Edition } from '../../src-shared/server-profile.ts';

/** One server that an account of this computer holds a license for. Nothing in it is secret and it proves nothing. */
export interface MarkedServer {
  readonly issuer: string;
  readonly serverId: string;
  readonly serverName: string;
  readonly edition: Edition;
  readonly profileId: string;
}

/** What one account of the operating system says it is licensed for. It is that account's word alone. */
export interface LicenseMarker {
  readonly osUser: string;
  readonly servers: readonly MarkedServer[];
}

/** The markers of the other accounts of this computer. */
export interface OtherMarkers {
  readonly markers: readonly LicenseMarker[];
  /** The system did not let this account look: there may be more markers. */
  readonly isUnread: boolean;
}

/** Markers in a folder that all accounts of this computer share. */
export interface LicenseMarkers {
  /** Those of the other accounts; one that is not whole, too large or not readable is left out. Never rejects. */
  readOthers(): Promise<OtherMarkers>;
  /** Replaces this account's own; none is left where there are no servers. Says whether that worked. Never rejects. */
  keepOwn(servers: readonly MarkedServer[]): Promise<boolean>;
}
