import type { LicenseEvent } from '../../src-shared/license/license-event.ts';

const instants = { tokenIssuedAt: 1_773_144_000_000, tokenExpiresAt: 1_773_403_200_000 };

/** Events of every kind, in each of their forms. */
export const everyEvent: readonly LicenseEvent[] = [
  { kind: 'acquired', serverId: 'store-014', replaced: false, ...instants },
  { kind: 'acquired', serverId: 'store-014', replaced: true, ...instants, renewalEndsAt: 1_806_530_400_000 },
  {
    kind: 'refreshed',
    ...instants,
    tokenWarnsAt: 1_773_316_800_000,
    renewalEndsAt: 1_806_530_400_000,
    renewalWarnsAt: 1_803_938_400_000,
  },
  { kind: 'refreshed', ...instants },
  { kind: 'refresh_failed', code: 'network_unreachable' },
  { kind: 'refresh_failed', code: 'invalid_grant', detail: 'The session was ended' },
  { kind: 'acquisition_failed', code: 'access_denied' },
  { kind: 'acquisition_failed', code: 'expired_token', detail: 'The code was revoked.' },
  { kind: 'removed', revoked: true },
  { kind: 'removed', revoked: false },
  { kind: 'removed', revoked: false, nothingToRevoke: true },
  { kind: 'revocation_failed', of: 'removal', code: 'revocation_refused', detail: 'Not for public clients' },
  { kind: 'revocation_failed', of: 'replaced', code: 'revocation_not_offered' },
  { kind: 'revocation_failed', of: 'unused', code: 'revocation_failed' },
  { kind: 'revocation_failed', of: 'unused', code: 'revocation_failed', triesAgain: true },
  { kind: 'grant_ended', of: 'replaced' },
  { kind: 'grant_ended', of: 'unused' },
  { kind: 'status_changed', status: 'licensed', token: 'fine' },
  { kind: 'status_changed', status: 'requires_renewal', token: 'expires_soon' },
  { kind: 'status_changed', status: 'expired', token: 'expired' },
  { kind: 'status_changed', status: 'not_licensed' },
  { kind: 'clock_changed', clock: 'wrong' },
  { kind: 'clock_changed', clock: 'right' },
  { kind: 'keychain_changed', code: 'secret_store_locked' },
  { kind: 'keychain_changed' },
  { kind: 'record_altered' },
  { kind: 'device_renamed', before: 'Store 014', now: 'Store 014 B' },
  { kind: 'server_renamed', before: 'This server', now: 'Store 014' },
  { kind: 'settings_changed', settings: ['serverName', 'issuer'] },
];
