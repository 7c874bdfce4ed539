import { type Fixer, type Stage, stages } from '../request-stages.ts';
import type { Failure } from '../result.ts';

export { type Fixer, type Stage, stages };

/** The checks of this computer, in the order in which they are shown. */
export const checksOfComputer = [
  'settings',
  'storage',
  'clock',
  'background',
  'start',
  'copies',
  'machine',
  'api',
] as const;
/** The checks of one server, in the order in which they are shown. */
export const checksOfServer = ['keychain', ...stages, 'license', 'refreshing'] as const;

export type CheckId = (typeof checksOfComputer)[number] | (typeof checksOfServer)[number];

/** `skipped`: it could not be checked, because an earlier check failed. */
export type CheckState = 'ok' | 'attention' | 'failed' | 'skipped';

/** What a check advises apart from the remedy of a failure. */
export type CheckAdvice =
  | 'start_at_sign_in'
  | 'connect'
  | 'renew'
  | 'acquire_again'
  | 'authorize_again'
  | 'free_disk_space';

/** The result of one check, in words. */
export interface CheckResult {
  readonly check: CheckId;
  readonly state: CheckState;
  readonly says: readonly string[];
  /** Why it failed or needs attention. Its remedy is the next step. */
  readonly failure?: Failure;
  readonly advice?: CheckAdvice;
  /** Absent if there is nothing to fix. */
  readonly fixer?: Fixer;
}

/** Has the check found something that a person should know? */
export const isWrong = ({ state }: CheckResult): boolean => state === 'failed' || state === 'attention';

/** The number of checks in a run over that many servers, including those that do not apply. */
export function checkCount(servers: number): number {
  return checksOfComputer.length + servers * checksOfServer.length;
}

/** The checks of a computer, and of each server that was asked about. */
export interface PreflightReport {
  readonly computer: readonly CheckResult[];
  readonly servers: readonly ServerChecks[];
}

interface ServerChecks {
  readonly profileId: string;
  readonly results: readonly CheckResult[];
}

/** `failed`: the console itself could not continue. Earlier results stay. */
export type PreflightState = 'running' | 'done' | 'cancelled' | 'failed';

/** The last run of the checks in the window. */
export interface PreflightView {
  /** Who started it. The console starts one automatically before the first *Next*. */
  readonly askedBy: 'person' | 'console';
  readonly state: PreflightState;
  /** What has been checked, in the order of the checks. Those of the server come first. */
  readonly results: readonly CheckResult[];
  /** Wall time of this computer when the run ended, in ms. */
  readonly endedAt?: number;
}
