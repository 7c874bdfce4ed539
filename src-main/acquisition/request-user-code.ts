import { type Result, succeed } from '../../src-shared/result.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import { type DeviceAuthorization, requestDeviceAuthorization } from '../authorization/device-authorization.ts';
import { ProofKey } from '../authorization/proof-key.ts';
import type { LicenseService } from '../license/license-service.ts';

/** A User Code, and what a poll for it needs. */
interface RequestedCode {
  readonly device: DeviceAuthorization;
  readonly context: AuthorizationContext;
}

/**
 * Requests a User Code (RFC 8628 §3.1), unless the keychain could not keep the license. Failures: those of the keychain, of discovery, and
 * of the server.
 */
export async function requestUserCode(license: LicenseService, signal: AbortSignal): Promise<Result<RequestedCode>> {
  const keychain = await license.probeKeychain();
  if (!keychain.ok) return keychain;
  const { dpop, scope, resource } = license.profile;
  const proofKey = dpop ? await ProofKey.create() : undefined;
  const context = await license.authorizationContext({ fresh: true, signal, proofKey });
  if (!context.ok) return context;
  const outcome = await requestDeviceAuthorization(context.value, { scope, resource });
  if (!outcome.ok) return { ok: false, failure: outcome.fault.failure };
  // A poll is never aborted: its response may contain tokens, whose grant must not stay open.
  const { signal: _, ...polling } = context.value;
  return succeed({ device: outcome.value, context: polling });
}
