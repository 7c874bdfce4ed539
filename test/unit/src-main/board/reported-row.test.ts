import { describe, expect, it } from 'vitest';
import { reportedRow } from '../../../../src-main/board/reported-row.ts';
import type { ReportedServer } from '../../../../src-shared/servers/board.ts';

const reportedAt = Date.UTC(2026, 2, 10);
const hour = 3_600_000;
const day = 24 * hour;
const licensed: ReportedServer = {
  id: 'r-1',
  name: 'Store 031',
  edition: 'store',
  state: 'licensed',
  tokenExpiresAt: reportedAt + 3 * day,
  renewalDate: { endsAt: reportedAt + 60 * day },
  reportedAt,
};
const atDay = (days: number) => reportedRow(licensed, {}, reportedAt + days * day);

describe('the row of a server that only reported', () => {
  it('keeps evaluating its dates after the report', () => {
    expect(atDay(0)).toMatchObject({ kind: 'reported', status: 'licensed', tone: 'good', action: null, reportedAt });
    expect(atDay(2.5)).toMatchObject({ status: 'licensed', tone: 'caution', action: 'connect' });
    expect(atDay(4)).toMatchObject({ status: 'licensed', tone: 'caution', action: 'connect' });
    expect(atDay(40)).toMatchObject({ status: 'requires_renewal', action: 'renew' });
    expect(atDay(61)).toMatchObject({ status: 'expired', tone: 'critical', action: 'reacquire' });
  });

  it('asks to enter its User Code', () => {
    const { tokenExpiresAt: _, renewalDate: __, ...rest } = licensed;
    const waiting = { ...rest, state: 'awaiting_authorization', userCode: 'WDJB-MJHT' } as const;
    expect(reportedRow(waiting, {}, reportedAt)).toMatchObject({ action: 'enter_code', userCode: 'WDJB-MJHT' });
    expect(reportedRow({ ...waiting, state: 'failed' }, {}, reportedAt)).toMatchObject({
      status: 'acquisition_failed',
      action: 'license',
    });
  });

  it.each([
    ['its code was not kept', undefined, 0],
    ['its code has most likely expired', 'WDJB-MJHT', hour / 2 + 1],
  ])('no longer asks to enter a User Code once %s', (_why, userCode, laterMs) => {
    const { tokenExpiresAt: _, renewalDate: __, ...rest } = licensed;
    const waiting = { ...rest, state: 'awaiting_authorization', ...(userCode ? { userCode } : {}) } as const;
    const row = reportedRow(waiting, {}, reportedAt + laterMs);
    expect(row).toMatchObject({ status: 'not_licensed', action: 'license', urgency: 3 });
    expect(row).not.toHaveProperty('userCode');
  });

  it('shows the User Code even while a license is being replaced', () => {
    const row = reportedRow({ ...licensed, userCode: 'WDJB-MJHT' }, {}, reportedAt);
    expect(row).toMatchObject({ status: 'licensed', action: null, userCode: 'WDJB-MJHT' });
  });

  it('asks to enter its User Code for the usual lifetime of a code', () => {
    const { tokenExpiresAt: _, renewalDate: __, ...rest } = licensed;
    const waiting = { ...rest, state: 'awaiting_authorization', userCode: 'WDJB-MJHT' } as const;
    expect(reportedRow(waiting, {}, reportedAt + hour / 2)).toMatchObject({ action: 'enter_code', urgency: 1 });
  });

  it('does not mention clocks that were not reported', () => {
    const { tokenExpiresAt: _, ...rest } = licensed;
    const row = reportedRow(rest, { archived: true, note: 'Laptop 2' }, reportedAt + 90 * day);
    expect(row).toMatchObject({ status: 'licensed', archived: true, note: 'Laptop 2' });
    expect(row.license).toBeUndefined();
  });
});
