import { describe, expect, it } from 'vitest';
import { lastKnownOf, type LastKnown, StandingWatch } from '../../../../src-main/history/standing-watch.ts';
import type { LicenseView } from '../../../../src-shared/window/console-state.ts';
import type { ConsoleStanding, ServerStanding } from '../../../../src-shared/window/console-standing.ts';
import type { LicenseEvent } from '../../../../src-shared/license/license-event.ts';
import { failure } from '../../../../src-shared/result.ts';

type States = LicenseView['evaluation'];
const right = { state: 'right' } as const;
const wrong = { state: 'wrong', localAt: 0, trustedAt: 9e12 } as const;

function license(renewal: States['renewal']['state'], token: States['token']['state']): LicenseView {
  return {
    details: { serverId: 'store-014', tokenIssuedAt: 0, tokenExpiresAt: 10 },
    evaluation: {
      renewal: { state: renewal, warnsAt: 5, endsAt: 10 },
      token: { state: token, issuedAt: 0, warnsAt: 5, expiresAt: 10 },
      judgedAt: 1,
    },
  };
}
const server = (changes: Partial<ServerStanding> = {}): ServerStanding => ({
  profileId: 'p1',
  serverName: 'Store 014',
  license: license('licensed', 'fine'),
  refresh: { refreshing: false },
  keychain: null,
  edition: 'store',
  clock: right,
  judgedAt: 1,
  ...changes,
});
function watch(lastKnown: LastKnown = {}) {
  const events: LicenseEvent[] = [];
  const standing = new StandingWatch({ lastKnown: () => lastKnown, append: (_id, event) => events.push(event) });
  const look = (one: ServerStanding, clock: ConsoleStanding['clock'] = right) => {
    standing.look({ servers: [one], clock });
    return events.splice(0);
  };
  return look;
}

describe('the events that the watch records', () => {
  it('are none for a license that is fine from the start, nor for a missing license', () => {
    const look = watch();
    expect(look(server({ license: null }))).toEqual([]);
    expect(look(server())).toEqual([]);
    expect(look(server({ license: null }))).toEqual([]);
  });

  it('include the keychain but no judgement by time while the time is in doubt', () => {
    const look = watch();
    const inDoubt = { state: 'right', doubt: { localAt: 0, trustedAt: 9e12 } } as const;
    look(server(), wrong);
    expect(look(server({ license: license('expired', 'expired') }), inDoubt)).toEqual([]);
    const locked = server({ keychain: failure('secret_store_locked') });
    expect(look(locked, inDoubt)).toEqual([{ kind: 'keychain_changed', code: 'secret_store_locked' }]);
    expect(look(server(), inDoubt)).toEqual([{ kind: 'keychain_changed' }]);
    expect(look(server(), wrong)).toEqual([]);
    expect(look(server())).toEqual([{ kind: 'clock_changed', clock: 'right' }]);
  });

  it('are one for each change of License Status or Token Expiry', () => {
    const look = watch();
    look(server());
    const soon = server({ license: license('licensed', 'expires_soon') });
    expect(look(soon)).toEqual([{ kind: 'status_changed', status: 'licensed', token: 'expires_soon' }]);
    expect(look(soon)).toEqual([]);
    const due = server({ license: license('requires_renewal', 'fine') });
    expect(look(due)).toEqual([{ kind: 'status_changed', status: 'requires_renewal', token: 'fine' }]);
    expect(look(server())).toEqual([{ kind: 'status_changed', status: 'licensed', token: 'fine' }]);
  });

  it('include a new license whose renewal date is near', () => {
    const look = watch();
    look(server({ license: null }));
    expect(look(server({ license: license('requires_renewal', 'fine') }))).toHaveLength(1);
  });

  it('include each change of the computer’s clock and the keychain, there and back', () => {
    const look = watch();
    look(server());
    expect(look(server(), wrong)).toEqual([{ kind: 'clock_changed', clock: 'wrong' }]);
    expect(look(server(), wrong)).toEqual([]);
    expect(look(server())).toEqual([{ kind: 'clock_changed', clock: 'right' }]);
    const locked = server({ keychain: failure('secret_store_locked') });
    expect(look(locked)).toEqual([{ kind: 'keychain_changed', code: 'secret_store_locked' }]);
    expect(look(server({ keychain: failure('secret_store_timeout') }))).toHaveLength(1);
    expect(look(server())).toEqual([{ kind: 'keychain_changed' }]);
  });

  it('are only the changes since the last run after a restart', () => {
    const status = { kind: 'status_changed', status: 'requires_renewal', token: 'fine' } as const;
    const look = watch(lastKnownOf([{ kind: 'clock_changed', clock: 'wrong' }, status]));
    expect(look(server({ license: license('requires_renewal', 'fine') }), wrong)).toEqual([]);
    expect(look(server(), right)).toHaveLength(2);
  });
});
