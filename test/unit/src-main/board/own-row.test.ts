import { describe, expect, it } from 'vitest';
import { type OwnServer, ownRow } from '../../../../src-main/board/own-row.ts';
import { mostUrgentFirst } from '../../../../src-main/board/urgency.ts';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import type { AcquisitionState } from '../../../../src-shared/license/acquisition-state.ts';
import type { ServerStanding } from '../../../../src-shared/window/console-standing.ts';
import { failure } from '../../../../src-shared/result.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';

const nowAt = Date.UTC(2026, 2, 10);
const day = 86_400_000;

interface Lasts {
  /** In days from now. */
  readonly license?: number;
  readonly token?: number;
}

function rowOf(lasts: Lasts | null, changes: Partial<ServerStanding> = {}, rest: Partial<OwnServer> = {}) {
  const details = {
    serverId: 'server-1',
    organization: { id: 'org' },
    tokenIssuedAt: nowAt - day,
    tokenExpiresAt: nowAt + (lasts?.token ?? 3) * day,
    ...(lasts?.license === undefined ? {} : { renewalDate: { endsAt: nowAt + lasts.license * day } }),
  };
  const license = lasts && { details, evaluation: evaluateLicense(details, nowAt) };
  return ownRow({
    profile,
    environment: null,
    acquisition: { state: 'idle' },
    mark: {},
    standing: {
      profileId: profile.id,
      serverName: profile.serverName,
      edition: profile.edition,
      license,
      refresh: { refreshing: false },
      keychain: null,
      clock: { state: 'right' },
      judgedAt: nowAt,
      ...changes,
    },
    ...rest,
  });
}

const awaiting = { state: 'awaiting_authorization' } as AcquisitionState;
const lost = { refresh: { refreshing: false, lastFailure: failure('network_unreachable') } };
const refused = { refresh: { refreshing: false, lastFailure: failure('invalid_grant') } };
const wrongClock = { clock: { state: 'wrong', localAt: 0, trustedAt: nowAt } } as const;

describe('the row of a server of this console', () => {
  it.each([
    ['licensed', rowOf({}), 'licensed', null, 'good'],
    ['renewal near', rowOf({ license: 10 }), 'requires_renewal', 'renew', 'caution'],
    ['expired', rowOf({ license: -1 }), 'expired', 'reacquire', 'critical'],
    ['token ends, no connection', rowOf({ token: 0.1 }, lost), 'licensed', 'connect', 'caution'],
    ['authorization ended', rowOf({}, refused), 'licensed', 'authorize_again', 'caution'],
    [
      'keychain locked',
      rowOf({}, { keychain: failure('secret_store_locked') }),
      'licensed',
      'unlock_keychain',
      'caution',
    ],
    ['keychain missing', rowOf({}, { keychain: failure('secret_store_missing') }), 'licensed', 'look', 'caution'],
    ['a license waits', rowOf(null, { waits: true }), 'not_licensed', 'answer', 'caution'],
    ['not licensed', rowOf(null), 'not_licensed', 'license', 'caution'],
    ['a code waits', rowOf(null, {}, { acquisition: awaiting }), 'awaiting_authorization', 'enter_code', 'info'],
    // Every license here has the same clock, and the page says that once.
    ['clock wrong', rowOf({}, wrongClock), 'licensed', null, 'good'],
  ])('%s: shows its state and the next action', (_name, row, status, action, tone) => {
    expect([row.status, row.action, row.tone]).toEqual([status, action, tone]);
  });

  it('still shows threats to the license of an archived server, which needs no action without a license', () => {
    const archived = { mark: { archived: true as const } };
    expect(rowOf({ license: -1 }, {}, archived)).toMatchObject({ archived: true, action: 'reacquire' });
    expect(rowOf(null, {}, archived)).toMatchObject({ archived: true, action: null });
    expect(rowOf(null, { waits: true }, archived)).toMatchObject({ action: 'answer' });
  });

  it('comes before less urgent rows', () => {
    const rows = {
      fine: rowOf({}),
      unlicensed: rowOf(null),
      near: rowOf({ license: 20 }),
      nearer: rowOf({ license: 10 }),
      code: rowOf(null, {}, { acquisition: awaiting }),
      expired: rowOf({ license: -1 }),
    };
    const order = Object.entries(rows).toSorted(([, one], [, other]) => mostUrgentFirst(one, other));
    expect(order.map(([name]) => name)).toEqual(['expired', 'code', 'nearer', 'near', 'unlicensed', 'fine']);
  });
});
