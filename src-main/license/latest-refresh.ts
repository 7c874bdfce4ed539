import { evaluateToken } from './evaluate-license.ts';
import type { LicenseRecord } from './license-record.ts';

/** The last part of a token's life for which a refresh is planned: half of it, and 10 % of it (see refreshDueAt). */
const latestRefreshPart = 0.6;

/**
 * The record with a next refresh that is due no later than its token allows, whatever the file said: when a refresh is due is
 * not under the seal, and one that was put off without end would let the license run out. After a failure the server may have
 * asked for a longer wait: from one start to the next that counts until the token's warning starts.
 */
export function withDueRefresh(record: LicenseRecord): LicenseRecord {
  const { issuedAt, expiresAt, warnsAt } = evaluateToken(record.details, record.details.tokenIssuedAt);
  const planned = Math.round(issuedAt + Math.max(0, expiresAt - issuedAt) * latestRefreshPart);
  const latest = record.lastFailure ? Math.max(planned, warnsAt) : planned;
  return record.refreshDueAt > latest ? { ...record, refreshDueAt: latest } : record;
}
