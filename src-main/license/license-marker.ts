import type { Edition } from '../../src-shared/servers/server-profile.ts';

/** One server that an account of this computer holds a license for. Nothing in it is secret and it proves nothing. */
export interface MarkedServer {
  readonly issuer: string;
  readonly serverId: string;
  readonly serverName: string;
  readonly edition: Edition;
  readonly profileId: string;
}

/** What one account of the operating system says it is licensed for. Nothing else confirms it. */
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
  /** The markers of the other accounts, without those that are incomplete, too large or unreadable. Never rejects. */
  readOthers(): Promise<OtherMarkers>;
  /** Replaces this account's marker, or removes it if there are no servers. Resolves to whether that worked. Never rejects. */
  keepOwn(servers: readonly MarkedServer[]): Promise<boolean>;
}
