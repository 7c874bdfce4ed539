/** For how long a refresh token lives that is made or used now. */
import type { SandboxSettings } from '../sandbox-settings.ts';

/** A life that is over is one of a second: `oidc-provider` knows no shorter one. */
const shortestLifeSeconds = 1;

export function refreshTokenLifeSeconds(
  settings: SandboxSettings,
  token: { readonly iiat?: number | undefined },
): number {
  const { refreshTokenExpiry, refreshTokenLifeSeconds: whole, refreshTokenSlidingSeconds: sliding } = settings;
  if (refreshTokenExpiry === 'each') return whole;
  const now = Math.floor(Date.now() / 1000);
  const left = whole - (now - (token.iiat ?? now));
  return Math.max(refreshTokenExpiry === 'sliding' ? Math.min(sliding, left) : left, shortestLifeSeconds);
}
