import { evaluateToken } from './evaluate-license.ts';
import type { LicenseRecord } from './license-record.ts';

/** The latest point of a token's life at which a refresh is planned: half of the life plus 10 % of it (see refreshDueAt). */
const latestRefreshPart = 0.6;

/**
 * Returns the record with its due time moved to no later than the token allows, whatever the file says. The seal does not cover
 * the due time, so an edited file could postpone the refresh until the license expires. After a failure the server may have
 * asked for a longer wait: a restart honors that until the token's warning starts.
 */
export function withDueRefresh(record: LicenseRecord): LicenseRecord {
  const { issuedAt, expiresAt, warnsAt } = evaluateToken(record.details, record.details.tokenIssuedAt);
  const planned = Math.round(issuedAt + Math.max(0, expiresAt - issuedAt) * latestRefreshPart);
  const latest = record.lastFailure ? Math.max(planned, warnsAt) : planned;
  return record.refreshDueAt > latest ? { ...record, refreshDueAt: latest } : record;
}
