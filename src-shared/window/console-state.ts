import type { AcquisitionState } from '../license/acquisition-state.ts';
import type { AdministratorNoticeRefusal, AlertView, NotificationSettingsView } from '../notifications/alert.ts';
import type { DiagnosticsView } from '../support/diagnostics-view.ts';
import type { LicenseCheck } from '../license/license-check.ts';
import type { LaptopView } from '../pairing/laptop-view.ts';
import type { OfferView } from '../pairing/pairing.ts';
import type { ClockStatus, LicenseDetails, LicenseEvaluation } from '../license/license-status.ts';
import type { PreflightView } from '../support/preflight.ts';
import type { Failure } from '../result.ts';
import type { ServerProfile } from '../servers/server-profile.ts';
import type { CertificateQuestionView } from '../authorization-pane/certificate-question.ts';
import type { ProxySignInView, SignInQuestionView } from '../authorization-pane/sign-in-question.ts';
import type { Theme } from './theme.ts';

/** What the user sees. The main process owns it; the screen ignores a revision that is not higher than the one it has. */
export interface ConsoleState extends ServersState {
  readonly revision: number;
  /** Wall time of this computer when the snapshot was made, in ms. */
  readonly at: number;
  /** Increases with every change of the local license API and its clients, so that a page that shows them reads them again. */
  readonly localApiRevision: number;
  /** A new client's secret that the person still has to copy. */
  readonly newClientSecret: NewClientSecretView | null;
  /** A server of the pane or the proxy of this network wants a name and a password. */
  readonly signInQuestion: SignInQuestionView | CertificateQuestionView | null;
  /** The proxy that wanted a name and a password in this run. */
  readonly proxySignIn: ProxySignInView | null;
  /** The last checks of this computer and of the shown server. */
  readonly preflight: PreflightView | null;
  /** The diagnostics that a person asked for. */
  readonly diagnostics: DiagnosticsView | null;
  /** What a person should know about all servers, most urgent first. */
  readonly alerts: readonly AlertView[];
  readonly notificationSettings: NotificationSettingsView;
  readonly theme: Theme;
  /** This console's offer to help other servers get licensed. Null if there is none. */
  readonly offer: OfferView | null;
  /** The laptop that helps a server of this console. Null if none does. */
  readonly laptop: LaptopView | null;
  /** The pairing whose server is authorized in the pane. Null if the pane is for the shown server. */
  readonly paneHelps: string | null;
}

/** The state of this console's servers: the server shown in full detail, the others in brief, and what applies to all of them. */
export interface ServersState {
  readonly profile: ServerProfile | null;
  /** All servers that this console knows, including the current one. */
  readonly servers: readonly ServerView[];
  /** The Authorization server of the shown profile declares itself a sandbox. */
  readonly isSandbox: boolean;
  readonly license: LicenseView | null;
  readonly acquisition: AcquisitionState;
  readonly refresh: RefreshView;
  /** The check that a person started, until its result no longer applies. */
  readonly check: LicenseCheck | null;
  readonly clock: ClockStatus;
  readonly connection: ConnectionView;
  /** The failure of the last call to the keychain, if it failed. */
  readonly keychain: Failure | null;
  /** The progress or the outcome of removing the license. */
  readonly removal: RemovalView;
  /** What removing would do to the authorization at the server, as far as the console knows without asking the server. */
  readonly removalEnds: AuthorizationEnd;
  /** What a person should know about the start of the console, such as an unreadable settings file. */
  readonly notices: readonly Notice[];
  /** Increases with every history entry, so that a page that shows the history reads it again. */
  readonly historyRevision: number;
  /** Another account on this computer reports that it holds the license, and this account holds none. */
  readonly licensedElsewhere: LicensedElsewhere | null;
  /** Was the file written that shows this license to the other accounts of this computer? Null if there was nothing to write. */
  readonly markerWritten: boolean | null;
  readonly pane: PaneView;
  readonly background: BackgroundView;
  readonly about: { readonly version: string; readonly runtime: string };
}

/** The client whose secret is on the screen. No snapshot contains the secret; the screen fetches it with `local_api.read_secret`. */
export interface NewClientSecretView {
  readonly clientId: string;
  readonly name: string;
  /** `warned`: the person was about to leave without copying the secret, and was warned that it would be lost. */
  readonly standing: 'to_copy' | 'warned' | 'copied' | 'revoked';
}

/** What a person is asked who closes the window. */
export type CloseQuestion = 'keep_running' | 'end_help';

/** What the console does while the window is closed. */
export interface BackgroundView {
  /** Does the console keep running when the window is closed? The person is asked once. */
  readonly keepsRunning: 'not_asked' | 'yes' | 'no';
  /** The person closed the window and is being asked. */
  readonly asking: CloseQuestion | false;
  readonly startsAtLogin: 'unknown' | 'on' | 'off' | 'unavailable';
  /** `unsure`: this desktop may show no tray icons. */
  readonly tray: 'unknown' | 'shown' | 'unsure';
  /** The account that has to be signed in to this computer for tokens to be refreshed. */
  readonly account: string;
}

export interface ServerView extends ServerProfile {
  readonly licensed: boolean;
  /** A new license waits until a person keeps it or undoes it. */
  readonly newLicenseWaits?: true;
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
  /** The server issued no refresh token, so nothing is refreshed and a person has to authorize again. */
  readonly withoutRefreshToken?: true;
  /** Why the last attempt failed; absent after a success. */
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
  /** Interrupted in an earlier run. The server cannot be reached yet, so it is unknown whether it ended the authorization. */
  | { readonly state: 'waiting' }
  /** Interrupted in an earlier run. The server did not end the authorization, so the license was restored. */
  | { readonly state: 'undone'; readonly failure: Failure }
  /** If not `revoked`, removed on this computer only: the authorization stays open at the server, unless there is nothing to revoke. */
  | ({ readonly state: 'removed' } & RemovalEnd);

/** What a removal does to the authorization at the server. `not_offered`: its last known metadata offer no way to end one. */
export type AuthorizationEnd = 'ended' | 'left_open' | 'nothing_to_revoke' | 'not_offered';

/** What happened to the authorization at the server. */
export interface RemovalEnd {
  readonly revoked: boolean;
  /** The server had issued no refresh token. */
  readonly nothingToRevoke?: true;
}

export interface Notice extends UnreadFile {
  readonly id:
    | 'settings_unreadable'
    | 'settings_lost'
    | 'settings_partly_unreadable'
    | 'license_record_unreadable'
    | 'license_record_altered'
    | 'server_details_unreadable'
    | 'settings_not_written'
    | 'settings_in_use'
    | 'proxy_sign_in_not_kept'
    | 'proxy_sign_in_not_forgotten'
    | 'folder_open_to_others'
    | 'history_not_written'
    | 'authorization_left_open'
    | 'api_clients_unreadable'
    | 'api_clients_withheld'
    | 'other_accounts_unread'
    | `administrator_notice_${AdministratorNoticeRefusal}`;
}

/** What can be found where a regular file is expected. Reading one of these can block forever or never reach an end. */
export type OtherKind = 'folder' | 'pipe' | 'socket' | 'device' | 'loop';

/** A file that could not be read. If `keptAs` is absent, it was left in place. */
export interface UnreadFile {
  /** The name under which it was set aside. */
  readonly keptAs?: string;
  /** The name of the file. */
  readonly file?: string;
  /** What was found instead of the file. `forbidden`: this account may not read it. `unseen`: it could not be examined. */
  readonly found?: OtherKind | 'forbidden' | 'unseen';
}

/** The Authorization pane as the main process knows it. The address comes from the view itself, never from its page. */
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
  /** Did the pane's start page fail? The screen then offers other ways to continue. */
  readonly startFailed: boolean;
  /** A page is still loaded behind the failure message, and Back returns to it. */
  readonly hidesPage: boolean;
  /** Clear the pane's session when the authorization is finished; for a shared PC. */
  readonly signOutWhenFinished: boolean;
  /** A sign-in window of the page is open. */
  readonly popUp: boolean;
  /** The page waits, or waited, for a passkey or a security key. The pane has no window for that. */
  readonly wantsKey: boolean;
  readonly page: PanePage;
  /** The matches of the text that a person searches for on the page. Null without a search, or before the page has answered. */
  readonly found: PageFound | null;
}

/** `ordinal`: the number of the match that is shown, from 1 on; 0 without any. */
export interface PageFound {
  readonly ordinal: number;
  readonly count: number;
}

/** What a person can do on the shown page. These are facts of every Authorization server's pages. */
export interface PanePage {
  /** Is its address the verification address (RFC 8628 §3.2) of the current User Code, apart from the query? */
  readonly isVerification: boolean;
  /** `sign_in`: it asks for a password or a user name. `text`: it has a field that takes a text. */
  readonly entry: 'none' | 'sign_in' | 'text';
  /** A field of it holds the User Code, visible or not. */
  readonly holdsCode: boolean;
  /** A person clicked or typed in it. What they chose is lost when another page opens. */
  readonly used: boolean;
}

/** The pane before its first page. */
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
  popUp: false,
  wantsKey: false,
  page: { isVerification: false, entry: 'none', holdsCode: false, used: false },
  found: null,
};
