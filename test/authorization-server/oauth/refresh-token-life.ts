/** The remaining lifetime of a refresh token that is issued or used now. */
import type { SandboxSettings } from '../sandbox-settings.ts';

/** The lifetime to use if it is already over: `oidc-provider` supports none shorter. */
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
