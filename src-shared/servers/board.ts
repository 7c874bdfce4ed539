import { z } from 'zod/mini';
import type { Environment } from './authorization-server-address.ts';
import type { AlertCause } from '../notifications/alert.ts';
import type { FailureCode } from '../failure-codes.ts';
import { type LicenseDetails, licenseDetailsSchema } from '../license/license-details.ts';
import type { LicenseEvaluation } from '../license/license-status.ts';
import { instantSince1970, optional, text } from '../schema-atoms.ts';
import { editions, type Edition, settingLengths } from './server-profile.ts';
import type { Tone } from '../license/status-tone.ts';

/** The longest note on a server, in characters. */
export const mostNoteLength = 500;

const id = z.string().check(z.regex(/^[a-z0-9][\w-]{0,63}$/i));

/** Which row of the board. `own`: a server of this console, by its profile's ID. `reported`: a server that only reported. */
export const boardKeySchema = z.object({ kind: z.enum(['own', 'reported']), id });
export type BoardKey = z.infer<typeof boardKeySchema>;

/** How far the console at the server was when it reported. */
export const reportedStates = ['not_licensed', 'awaiting_authorization', 'licensed', 'failed'] as const;

/** What the console of another computer last reported about its server. It holds no token, and no code but the User Code. */
export const reportedServerSchema = z.object({
  id,
  name: z.string().check(z.minLength(1), z.maxLength(settingLengths.serverName)),
  edition: z.enum(editions),
  organization: optional(text),
  serverId: optional(text),
  hub: licenseDetailsSchema.shape.hub,
  /** A person enters it at the Authorization server. It is never written to the disk. */
  userCode: optional(z.string().check(z.maxLength(100))),
  tokenExpiresAt: optional(instantSince1970),
  renewalDate: licenseDetailsSchema.shape.renewalDate,
  /** That console may be newer and have codes that this one does not know. */
  failureCode: optional(z.string().check(z.regex(/^[\w-]{1,100}$/))),
  consoleVersion: optional(z.string().check(z.maxLength(100))),
  state: z.enum(reportedStates),
  /** When it reported, by this computer's trusted time in ms. */
  reportedAt: instantSince1970,
});
export type ReportedServer = z.infer<typeof reportedServerSchema>;

/** The one thing that a person should do next about a server. Most lead to its page. */
export type BoardAction =
  | 'license'
  | 'enter_code'
  | 'answer'
  | 'renew'
  | 'reacquire'
  | 'connect'
  | 'authorize_again'
  | 'unlock_keychain'
  | 'look';

export type BoardStatus =
  | 'licensed'
  | 'requires_renewal'
  | 'expired'
  | 'not_licensed'
  | 'awaiting_authorization'
  | 'acquisition_failed';

/** The facts of both clocks, as the License page has them. */
export interface BoardLicense {
  readonly details: Pick<LicenseDetails, 'renewalDate'>;
  readonly evaluation: LicenseEvaluation;
}

/** One server on the board. Instants are trusted time in ms. */
export interface BoardRow extends BoardKey {
  readonly name: string;
  readonly edition: Edition;
  /** Absent if it is unknown, as for a server that only reported. */
  readonly issuer?: string;
  readonly environment: Environment['kind'];
  readonly organization?: string;
  readonly serverId?: string;
  readonly hub?: LicenseDetails['hub'];
  readonly status: BoardStatus;
  readonly license?: BoardLicense;
  /** The most urgent of the reasons why people are alerted about this server. */
  readonly cause?: AlertCause;
  readonly tone: Tone;
  readonly action: BoardAction | null;
  /** Rows with a lower number come first; among equals, those that stop earlier. */
  readonly urgency: number;
  readonly stopsAt?: number;
  readonly failureCode?: FailureCode | (string & {});
  readonly userCode?: string;
  readonly consoleVersion?: string;
  /** When a server that only reported did so. */
  readonly reportedAt?: number;
  readonly note?: string;
  readonly archived: boolean;
}

/** All servers that this console knows, most urgent first. */
export interface BoardView {
  /** Trusted time in ms when the rows were made. */
  readonly at: number;
  readonly rows: readonly BoardRow[];
}

/** Does somebody have to act on it? An archived server counts too: no license may expire unnoticed. */
export const needsAction = ({ action }: Pick<BoardRow, 'action'>): boolean => action !== null;
