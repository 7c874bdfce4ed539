import type {
  BoardAction,
  BoardLicense,
  BoardRow,
  BoardStatus,
  ReportedServer,
} from '../../src-shared/servers/board.ts';
import { present } from '../../src-shared/present.ts';
import { statusTone, type Tone } from '../../src-shared/license/status-tone.ts';
import { evaluateLicense } from '../license/evaluate-license.ts';
import type { BoardMark } from './board-marks.ts';
import { urgencyOf } from './urgency.ts';

/** User Codes rarely last longer than this. A report does not say when its code expires. */
const usualCodeLifeMs = 30 * 60_000;

/**
 * The row of a server that only reported. Its dates are evaluated at `nowAt`, trusted time, since they continue to count after the last
 * report.
 */
export function reportedRow(reported: ReportedServer, mark: BoardMark, nowAt: number): BoardRow {
  const { state, userCode: known, renewalDate: _, tokenExpiresAt: __, ...facts } = reported;
  const userCode = nowAt - reported.reportedAt <= usualCodeLifeMs ? known : undefined;
  const license = licenseOf(reported, nowAt);
  const status = statusOf(state, license, userCode);
  const archived = mark.archived ?? false;
  const action = archived && !license ? null : actionOf(status, license);
  const tone = toneOf(status, license);
  return present({
    ...facts,
    userCode,
    kind: 'reported',
    environment: null,
    status,
    license,
    tone,
    action,
    ...urgencyOf({ tone, action, license }),
    note: mark.note,
    archived,
  });
}

/** A report does not say when the token was issued. The known part of its lifetime begins with the report. */
function licenseOf(reported: ReportedServer, nowAt: number): BoardLicense | undefined {
  const { state, tokenExpiresAt, renewalDate, serverId = '', reportedAt } = reported;
  if (state !== 'licensed' || tokenExpiresAt === undefined) return undefined;
  const tokenIssuedAt = Math.min(reportedAt, tokenExpiresAt);
  const details = present({ serverId, tokenIssuedAt, tokenExpiresAt, renewalDate });
  return { details: present({ renewalDate }), evaluation: evaluateLicense(details, nowAt) };
}

function statusOf(
  state: ReportedServer['state'],
  license: BoardLicense | undefined,
  userCode: string | undefined,
): BoardStatus {
  if (license) return license.evaluation.renewal.state;
  // Nobody can enter a code that has expired, or that is unknown here since a restart.
  if (state === 'awaiting_authorization' && userCode === undefined) return 'not_licensed';
  return state === 'failed' ? 'acquisition_failed' : state;
}

function toneOf(status: BoardStatus, license: BoardLicense | undefined): Tone {
  if (status === 'awaiting_authorization') return 'info';
  if (license && license.evaluation.token.state !== 'fine' && status !== 'expired') return 'caution';
  return status === 'acquisition_failed' ? 'caution' : statusTone(status, null);
}

function actionOf(status: BoardStatus, license: BoardLicense | undefined): BoardAction | null {
  if (status === 'expired') return 'reacquire';
  if (status === 'requires_renewal') return 'renew';
  if (status === 'awaiting_authorization') return 'enter_code';
  if (status === 'licensed') return license && license.evaluation.token.state !== 'fine' ? 'connect' : null;
  return 'license';
}
