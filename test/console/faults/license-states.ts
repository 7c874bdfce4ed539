import { expect } from '@playwright/test';
import { device, type FaultScene, quickly } from './fault-scene.ts';

const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const farOff = { license_renewal_date: '2099-06-15' };
const noConnection = 'No connection to the Authorization server';
const connectThis = 'Connect this server to the internet';

/** A state of the license when a fault happens, and what a person reads then (product.md, screens.md). */
export interface LicenseState {
  readonly name: string;
  /** The claims of its tokens. */
  readonly claims: Record<string, unknown>;
  /** Brings a freshly refreshed license into the state; absent if the claims alone do that. */
  readonly enter?: (scene: FaultScene) => Promise<void>;
  readonly status: 'licensed' | 'requires_renewal' | 'expired';
  /** Token Expiry while the fault lasts, and after a refresh that worked. */
  readonly token: 'fine' | 'expires_soon' | 'expired';
  readonly refreshedToken: 'fine' | 'expires_soon';
  /**
   * The first notice after a successful refresh (null: no notice), without a connection, and if the server answered that it has
   * trouble (null: that trouble). If the server refused, its reason leads.
   */
  readonly leads: { readonly works: string | null; readonly offline: string; readonly answered: string | null };
  /** The server has ended the authorization, so no refresh can work. */
  readonly ended?: true;
}

const quiet = { works: null, offline: noConnection, answered: null };

export const licenseStates: readonly LicenseState[] = [
  {
    name: 'licensed, token fine',
    claims: farOff,
    status: 'licensed',
    token: 'fine',
    refreshedToken: 'fine',
    leads: quiet,
  },
  {
    name: 'token expires soon',
    claims: { ...farOff, token_warning_seconds: 30 * 86_400 },
    status: 'licensed',
    token: 'expires_soon',
    refreshedToken: 'expires_soon',
    leads: { works: connectThis, offline: connectThis, answered: 'License token expires soon' },
  },
  {
    name: 'token expired',
    claims: farOff,
    enter: outliveToken,
    status: 'licensed',
    token: 'expired',
    refreshedToken: 'fine',
    leads: { works: null, offline: 'License token expired', answered: 'License token expired' },
  },
  {
    name: 'requires renewal',
    claims: { license_renewal_date: inDays(10) },
    status: 'requires_renewal',
    token: 'fine',
    refreshedToken: 'fine',
    leads: quiet,
  },
  {
    name: 'renewal date passed',
    claims: { license_renewal_date: inDays(-10) },
    status: 'expired',
    token: 'fine',
    refreshedToken: 'fine',
    leads: quiet,
  },
  {
    name: 'authorize again',
    claims: farOff,
    enter: endAuthorization,
    status: 'licensed',
    token: 'fine',
    refreshedToken: 'fine',
    leads: quiet,
    ended: true,
  },
];

/** Lets more time pass than a token lives. The token endpoint is down during that time, and stays down. */
async function outliveToken(scene: FaultScene): Promise<void> {
  scene.plant('token', { kind: 'status', status: 503 });
  await scene.moveTime(6 * dayMs);
  await scene.askMetadata();
  await expect.poll(async () => (await scene.app.state()).license?.evaluation.token.state, quickly).toBe('expired');
}

async function endAuthorization(scene: FaultScene): Promise<void> {
  if ((await scene.app.state()).refresh.lastFailure?.code === 'invalid_grant') return;
  scene.server.control.revokeDevice({ device });
  expect(await scene.app.call('license.check')).toMatchObject({ ok: false, failure: { code: 'invalid_grant' } });
}
