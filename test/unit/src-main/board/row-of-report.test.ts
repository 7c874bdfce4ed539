import { describe, expect, it } from 'vitest';
import { rowOfReport } from '../../../../src-main/board/row-of-report.ts';
import { serverReport } from '../../../fakes/pairing-scene.ts';

const at = 1_790_000_000_000;
const license = {
  serverId: 'store-014-1',
  organization: { id: 'fc-1', name: 'Fusion Coffee' },
  hub: { serverId: 'corporate-1', name: 'Corporate 1' },
  tokenExpiresAt: at + 1000,
  renewalEndsAt: at + 2000,
};

describe('a row made from a report', () => {
  it('holds what the server reported, and when', () => {
    expect(rowOfReport(serverReport({ license, failureCodes: ['offline', 'clock_wrong'] }), at)).toEqual({
      id: 'store-014',
      name: 'Store 014',
      edition: 'store',
      organization: 'Fusion Coffee',
      serverId: 'store-014-1',
      hub: { serverId: 'corporate-1', name: 'Corporate 1' },
      tokenExpiresAt: at + 1000,
      renewalDate: { endsAt: at + 2000 },
      failureCode: 'offline',
      consoleVersion: '0.1.0',
      state: 'licensed',
      reportedAt: at,
    });
  });

  it.each([
    ['not_licensed', { state: 'idle' }],
    ['not_licensed', { state: 'requesting_code' }],
    ['awaiting_authorization', { state: 'awaiting_authorization', userCode: '123 456 789' }],
    ['failed', { state: 'failed', failureCode: 'access_denied' }],
  ] as const)('is %s without a license while the acquisition is %j', (state, acquisition) => {
    expect(rowOfReport(serverReport({ acquisition }), at)).toMatchObject({ state });
  });

  it('is licensed while the license is being replaced', () => {
    const acquisition = { state: 'awaiting_authorization' } as const;
    expect(rowOfReport(serverReport({ license, acquisition }), at)).toMatchObject({ state: 'licensed' });
  });

  it('leaves out texts that are not failure codes', () => {
    expect(rowOfReport(serverReport({ failureCodes: ['it is broken'] }), at)).not.toHaveProperty('failureCode');
  });

  it.each([
    ['an empty name', { serverName: '' }],
    ['an ID that no console of ours makes', { id: '../../etc' }],
  ])('does not exist for a report with %s', (_what, changes) => {
    expect(rowOfReport(serverReport(changes), at)).toBeNull();
  });
});
