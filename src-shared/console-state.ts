import type { AcquisitionState } from './acquisition-state.ts';
import type { AdministratorNoticeRefusal, AlertView, NotificationSettingsView } from './alert.ts';
import type { ClockStatus, LicenseDetails, LicenseEvaluation } from './license-status.ts';
import type { Failure } from './result.ts';
import type { Edition, ServerProfile } from './server-profile.ts';

/** What the user sees. Main owns it; the screen ignores a revision that is not higher than the one it has. */
export interface ConsoleState extends ServersState {
  readonly revision: number;
  /** Wall time of this computer when the snapshot was made, in ms. */
  readonly at: number;
  /** Rises with every change of the local license API and its clients: who shows them reads them again. */
  readonly localApiRevision: number;
  /** A new client's secret that the person is still to take away. */
  readonly toldSecret: ToldSecretView | null;
  /** What a person should know about all servers, most urgent first. */
  readonly alerts: readonly AlertView[];
  readonly notificationSettings: NotificationSettingsView;
}

/** How the servers of this console stand, the one that is shown in full, and what surrounds it. */
export interface ServersState {
  readonly profile: ServerProfile | null;
  /** All servers that this console knows, the current one among them. */
  readonly servers: readonly ServerView[];
  /** The Authorization server of the one that is shown says that it is the sandbox. */
  readonly isSandbox: boolean;
  readonly license: LicenseView | null;
  readonly acquisition: AcquisitionState;
  readonly refresh: RefreshView;
  readonly clock: ClockStatus;
  readonly connection: ConnectionView;
  /** Trouble with the keychain, as of the last call to it. */
  readonly keychain: Failure | null;
  /** A removal under way or that failed. */
  readonly removal: RemovalView;
  /** What removing would do about the authorization at the server, as far as it is known without asking there. */
  readonly removalEnds: AuthorizationEnd;
  /** Things that happened at start and that a person should know, such as an unreadable settings file. */
  readonly notices: readonly Notice[];
  /** Rises with every entry of the history: who shows it reads it again. */
  readonly historyRevision: number;
  /** Another account of this computer says that it holds the license, and this one holds none. */
  readonly licensedElsewhere: LicensedElsewhere | null;
  /** Could the computer's other accounts be told of this one's license? Null where there was nothing to tell. */
  readonly markerWritten: boolean | null;
  readonly pane: PaneView;
  readonly background: BackgroundView;
  readonly about: { readonly version: string; readonly runtime: string };
}

/** Whose secret is on the screen; the secret itself is asked for, and stands in no snapshot. */
export interface ToldSecretView {
  readonly clientId: string;
  readonly name: string;
  /** `warned`: the person was about to leave without having copied it, and was told that it is lost then. */
  readonly standing: 'to_copy' | 'warned' | 'copied' | 'revoked';
}

/** What goes on while the window is closed. */
export interface BackgroundView {
  /** Does closing the window leave the console running? A person is asked once. */
  readonly keepsRunning: 'not_asked' | 'yes' | 'no';
  /** The person closed the window and is being asked. */
  readonly asking: boolean;
  readonly startsAtLogin: 'unknown' | 'on' | 'off' | 'unavailable';
  /** `unsure`: this desktop may show no tray icons. */
  readonly tray: 'unknown' | 'shown' | 'unsure';
  /** Whose signing in counts: tokens are refreshed only while this account is signed in. */
  readonly account: string;
}

export interface ServerView {
  readonly id: string;
  readonly serverName: string;
  readonly edition: Edition;
  readonly licensed: boolean;
}

export interface LicenseView {
  readonly details: LicenseDetails;
  readonly evaluation: LicenseEvaluation;
}

export interface LicensedElsewhere {
  readonly osUser: string;
  readonly serverName: string;
}

export interface RefreshView {
  readonly refreshing: boolean;
  readonly lastRefreshedAt?: number;
  readonly nextRefreshAt?: number;
  /** The server issued no refresh token: nothing is refreshed, and a person has to authorize again. */
  readonly withoutRefreshToken?: true;
  /** Why the last try failed; absent after a success. */
  readonly lastFailure?: Failure;
  readonly lastFailureAt?: number;
}

export type ConnectionView =
  | { readonly state: 'unknown' }
  | { readonly state: 'online' }
  | { readonly state: 'offline'; readonly failure: Failure };

export type RemovalView =
  | { readonly state: 'idle' }
  | { readonly state: 'removing' }
  | { readonly state: 'failed'; readonly failure: Failure }
  /** Cut off in an earlier run, and the server cannot be asked yet: it may have ended the authorization, or not. */
  | { readonly state: 'waiting' }
  /** Cut off in an earlier run, and the server does not end the authorization: the license is back. */
  | { readonly state: 'undone'; readonly failure: Failure }
  /** Not `revoked`: on this computer only; the authorization stays open at the server, unless there is nothing to revoke. */
  | ({ readonly state: 'removed' } & RemovalEnd);

/** What a removal does about the authorization at the server; `not_offered`: as last seen, it lets no console end one. */
export type AuthorizationEnd = 'ended' | 'left_open' | 'nothing_to_revoke' | 'not_offered';

/** What became of the authorization at the server. */
export interface RemovalEnd {
  readonly revoked: boolean;
  /** The server had issued no refresh token. */
  readonly nothingToRevoke?: true;
}

export interface Notice extends UnreadFile {
  readonly id:
    | 'settings_unreadable'
    | 'settings_partly_unreadable'
    | 'license_record_unreadable'
    | 'license_record_altered'
    | 'server_details_unreadable'
    | 'settings_not_written'
    | 'settings_in_use'
    | 'folder_open_to_others'
    | 'history_not_written'
    | 'authorization_left_open'
    | 'api_clients_unreadable'
    | 'other_accounts_unread'
    | `administrator_notice_${AdministratorNoticeRefusal}`;
}

/** What can stand where a file is expected. Reading one of the others can stand still without end, or never come to one. */
export type OtherKind = 'folder' | 'pipe' | 'socket' | 'device' | 'loop';

/** A file that could not be read. Without `keptAs` it was left where it is. */
export interface UnreadFile {
  /** The name that it was set aside under. */
  readonly keptAs?: string;
  /** The name of the file, and what stands in its place; `forbidden`, `unseen`: it could not be looked at. */
  readonly file?: string;
  readonly found?: OtherKind | 'forbidden' | 'unseen';
}

/** The Authorization pane as main knows it; the address comes from the view itself, never from its page. */
export interface PaneView {
  readonly open: boolean;
  readonly loading: boolean;
  /** Scheme, host and port of what is shown; empty before the first page. */
  readonly origin: string;
  readonly transport: 'secure' | 'loopback' | 'none';
  /** Is that origin the profile's Authorization server? */
  readonly isAuthorizationServer: boolean;
  readonly canGoBack: boolean;
  readonly zoomPercent: number;
  /** Width of the left pane as a share of both, in percent. */
  readonly splitPercent: number;
  /** Why the page could not be shown, or which address was refused. */
  readonly failure: Failure | null;
  /** Is that of the page where the pane begins? There are other ways on then. */
  readonly startFailed: boolean;
  /** Back leads to a page that is there, behind the words about the failure. */
  readonly hidesPage: boolean;
  /** Cleared on finishing, for a shared PC. */
  readonly signOutWhenFinished: boolean;
}

/** The pane before it shows its first page. */
export const emptyPane: PaneView = {
  open: false,
  loading: false,
  origin: '',
  transport: 'none',
  isAuthorizationServer: false,
  canGoBack: false,
  zoomPercent: 100,
  splitPercent: 45,
  failure: null,
  startFailed: false,
  hidesPage: false,
  signOutWhenFinished: false,
};
