import { type FailureCode, hasTrait } from '../failure-codes.ts';
import type { QuietHours } from './quiet-hours.ts';

/** The reasons to alert people: in the window, in notifications, in the tray and elsewhere. */
export const alertCauses = [
  'renewal_near',
  'renewal_expired',
  'token_expires_soon',
  'token_expired',
  'authorize_again',
  'cannot_renew',
  'refresh_refused',
  'clock_wrong',
  'clock_unconfirmed',
  'keychain_trouble',
  'local_api_down',
  'license_waits',
  'settings_lost',
] as const;
export type AlertCause = (typeof alertCauses)[number];

/** What a cause is about. Once no cause of a topic is left, that topic is back to normal. */
export type AlertTopic = 'renewal' | 'token' | 'clock' | 'keychain' | 'local_api' | 'new_license' | 'settings';

const topics: Record<AlertCause, AlertTopic> = {
  renewal_near: 'renewal',
  renewal_expired: 'renewal',
  token_expires_soon: 'token',
  token_expired: 'token',
  authorize_again: 'token',
  cannot_renew: 'token',
  refresh_refused: 'token',
  clock_wrong: 'clock',
  clock_unconfirmed: 'clock',
  keychain_trouble: 'keychain',
  local_api_down: 'local_api',
  license_waits: 'new_license',
  settings_lost: 'settings',
};

/** What a click on a notification does. */
export type AlertAction =
  | 'check_license'
  | 'renew'
  | 'open_license'
  | 'clock_help'
  | 'unlock_keychain'
  | 'keychain_help'
  | 'open_local_api'
  | 'open_console'
  | 'show_servers';

/** How urgent an alert looks. */
export type AlertTone = 'caution' | 'critical';

/** The `profileId` of an alert that is about no server of the console but about the computer. Its `serverName` is the computer's name. */
export const thisComputer = '';

/** Something that a person should know about one server, with the facts that its text needs. Instants are trusted time in ms. */
export interface Alert {
  readonly profileId: string;
  readonly serverName: string;
  readonly cause: AlertCause;
  readonly tone: AlertTone;
  /** When something stops working; absent if this alone stops nothing. */
  readonly stopsAt?: number;
  /** A plain `YYYY-MM-DD` for `stopsAt`, if the license gives its renewal date in that form. */
  readonly stopsOn?: string;
  /** The time by this computer's clock in ms, if the alert is about what ends by that clock, which no server has confirmed. */
  readonly clockAt?: number;
  readonly code?: FailureCode;
}

/** An alert as the screen shows it. */
export interface AlertView extends Alert {
  /** Trusted time when this was found. */
  readonly at: number;
  /** Not shown as a banner before then. */
  readonly snoozedUntil?: number;
  /** False in the last 24 hours before something stops, and after that. */
  readonly mayBeSnoozed: boolean;
}

export interface NotificationSettingsView {
  readonly quietHours: QuietHours;
  /** Does this computer show notifications, as far as the console knows? */
  readonly canBeShown: boolean;
  readonly administrator: AdministratorNoticeState;
}

/** The machine-wide file that sets up notices to an administrator. */
export type AdministratorNoticeState =
  | { readonly state: 'none'; readonly file: string }
  | { readonly state: 'set'; readonly file: string }
  | { readonly state: 'refused'; readonly file: string; readonly reason: AdministratorNoticeRefusal };

/**
 * `writable`: ordinary users can change the file. `unreadable`: the system does not allow reading it. `malformed`: it does not have
 * the expected form. `insecure`: its address is not `https`.
 */
export const administratorNoticeRefusals = ['writable', 'unreadable', 'malformed', 'insecure'] as const;
export type AdministratorNoticeRefusal = (typeof administratorNoticeRefusals)[number];

export function topicOf(cause: AlertCause): AlertTopic {
  return topics[cause];
}

/** Why the license is not refreshed; absent if nothing failed. */
interface Reason {
  readonly code?: FailureCode | undefined;
}

/** May a later check refresh the license, without anything else? Another reason needs another action. */
export const mayCheckLater = ({ code }: Reason): boolean => code === undefined || hasTrait(code, 'unavailable');

/** Is the license not refreshed because the Authorization server cannot be reached? */
export const needsConnection = ({ code }: Reason): boolean => mayCheckLater({ code }) && !hasTrait(code, 'answered');

/** What a click on the notification of this alert does. For many servers at once it is `show_servers`. */
export function actionOf({ cause, code }: Pick<Alert, 'cause' | 'code'>): AlertAction {
  switch (cause) {
    case 'renewal_near':
    case 'renewal_expired':
      return 'renew';
    case 'clock_wrong':
      return 'clock_help';
    case 'clock_unconfirmed':
      return 'check_license';
    case 'keychain_trouble':
      if (code === 'secret_store_locked') return 'unlock_keychain';
      return code === 'secret_store_damaged' ? 'open_license' : 'keychain_help';
    case 'local_api_down':
      return 'open_local_api';
    case 'token_expires_soon':
    case 'token_expired':
      return mayCheckLater({ code }) ? 'check_license' : 'open_license';
    case 'settings_lost':
      return 'open_console';
    case 'authorize_again':
    case 'cannot_renew':
    case 'refresh_refused':
    case 'license_waits':
      return 'open_license';
  }
}
