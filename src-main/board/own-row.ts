import type { Environment } from '../../src-shared/servers/authorization-server-address.ts';
import { type Alert, needsConnection } from '../../src-shared/notifications/alert.ts';
import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import type { BoardAction, BoardRow, BoardStatus } from '../../src-shared/servers/board.ts';
import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import { present } from '../../src-shared/present.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { type Tone, statusTone } from '../../src-shared/license/status-tone.ts';
import { alertsOf } from '../notifications/notification-causes.ts';
import type { BoardMark } from './board-marks.ts';
import { urgencyOf } from './urgency.ts';

/** The data from which the row of a server of this console is made. */
export interface OwnServer {
  readonly profile: ServerProfile;
  readonly environment: Environment['kind'];
  readonly standing: ServerStanding;
  readonly acquisition: AcquisitionState;
  readonly mark: BoardMark;
}

/** The row of a server of this console, by the same rules as its alerts. Problems of the whole computer are not in a row. */
export function ownRow({ profile, environment, standing, acquisition, mark }: OwnServer): BoardRow {
  const { license, refresh } = standing;
  const [alert] = alertsOf([{ ...standing, localApi: null }]).filter(({ cause }) => cause !== 'clock_wrong');
  const status = statusOf(standing, acquisition);
  const archived = mark.archived ?? false;
  // An archived server without a license needs no action.
  const action = archived && !license && !alert ? null : actionOf(status, alert);
  const tone = toneOf(standing, status, alert);
  const { organization, serverId, hub, renewalDate } = license?.details ?? {};
  const { issuer, id, serverName: name, edition } = profile;
  return present({
    kind: 'own',
    id,
    name,
    edition,
    issuer,
    environment,
    organization: organization?.name ?? organization?.id,
    serverId,
    hub,
    status,
    license: license ? { details: present({ renewalDate }), evaluation: license.evaluation } : undefined,
    cause: alert?.cause,
    tone,
    action,
    ...urgencyOf({ tone, action, license, alert }),
    failureCode: alert?.code ?? refresh.lastFailure?.code ?? failureOf(acquisition),
    note: mark.note,
    archived,
  });
}

function statusOf({ license }: ServerStanding, acquisition: AcquisitionState): BoardStatus {
  if (license) return license.evaluation.renewal.state;
  if (acquisition.state === 'failed') return 'acquisition_failed';
  return acquisition.state === 'awaiting_authorization' ? 'awaiting_authorization' : 'not_licensed';
}

function toneOf({ license }: ServerStanding, status: BoardStatus, alert: Alert | undefined): Tone {
  if (alert) return alert.tone;
  if (status === 'awaiting_authorization') return 'info';
  return statusTone(license ? license.evaluation.renewal.state : 'not_licensed', license);
}

const failureOf = (acquisition: AcquisitionState) =>
  acquisition.state === 'failed' ? acquisition.failure.code : undefined;

function actionOf(status: BoardStatus, alert: Alert | undefined): BoardAction | null {
  switch (alert?.cause) {
    case undefined:
    case 'local_api_down':
    case 'clock_wrong':
    case 'settings_lost':
      break;
    case 'license_waits':
      return 'answer';
    case 'renewal_near':
      return 'renew';
    case 'renewal_expired':
      return 'reacquire';
    case 'clock_unconfirmed':
      return 'connect';
    case 'token_expires_soon':
    case 'token_expired':
      return needsConnection(alert ?? {}) ? 'connect' : 'look';
    case 'authorize_again':
    case 'cannot_renew':
      return 'authorize_again';
    case 'refresh_refused':
      return 'look';
    case 'keychain_trouble':
      return alert?.code === 'secret_store_locked' ? 'unlock_keychain' : 'look';
  }
  if (status === 'awaiting_authorization') return 'enter_code';
  return status === 'not_licensed' || status === 'acquisition_failed' ? 'license' : null;
}
