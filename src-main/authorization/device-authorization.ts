import { deviceAuthorizationRequest, None } from 'oauth4webapi';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import type { HttpAnswer } from '../ports/http.ts';
import {
  type AuthorizationContext,
  exchange,
  judgedTarget,
  publicClient,
  resourceParameter,
} from './authorization-context.ts';
import { isAllowedTransport } from './issuer-address.ts';
import { oauthFailure, type ProtocolFault, successOf } from './oauth-failure.ts';
import { longestPauseSeconds } from './retry-after.ts';
import { readNumber } from './server-document.ts';

/** RFC 8628 §3.2. The device code is a secret that never leaves the main process. */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** RFC 8628 §3.2: the interval if the server gives none. */
const defaultIntervalSeconds = 5;

type DeviceAuthorizationOutcome =
  | { readonly ok: true; readonly value: DeviceAuthorization }
  | { readonly ok: false; readonly fault: ProtocolFault };

/** Requests a device code and a user code (RFC 8628 §3.1) for the scope, and for the resource if one is set (RFC 8707 §2). */
export async function requestDeviceAuthorization(
  context: AuthorizationContext,
  request: { readonly scope: string; readonly resource: string | undefined },
): Promise<DeviceAuthorizationOutcome> {
  const exchanged = await exchange(context, 'device_code', (options) =>
    deviceAuthorizationRequest(
      context.metadata,
      publicClient(context),
      None(),
      { scope: request.scope, ...resourceParameter(request.resource) },
      options,
    ),
  );
  return judgedTarget(exchanged.ok ? readDeviceAuthorization(exchanged.answer) : exchanged, request.resource);
}

/**
 * Checks the response. Replaces an invalid interval with the default. Accepts only https links (http for loopback). Rejects a code
 * that a person cannot read, or that expires before the first poll is allowed.
 */
function readDeviceAuthorization(answer: HttpAnswer): DeviceAuthorizationOutcome {
  const document = successOf(answer);
  if (!document) return { ok: false, fault: oauthFailure(answer) };
  const {
    device_code: deviceCode,
    user_code: userCode,
    // The drafts of RFC 8628 had another name, which Google still uses.
    verification_uri: verificationUri = document['verification_url'],
    verification_uri_complete: complete,
  } = document;
  const lifeSeconds = readNumber(document['expires_in']) ?? 0;
  if (typeof deviceCode !== 'string' || !isUsableLink(verificationUri) || lifeSeconds <= 0)
    return ofNoUse(failure('response_invalid'));
  if (!isReadableCode(userCode)) return ofNoUse(failure('user_code_unreadable'));
  const expiresInSeconds = Math.min(longestPauseSeconds, lifeSeconds);
  const intervalSeconds = usableInterval(document['interval']);
  const uncheckable = whereUncheckable(intervalSeconds, expiresInSeconds);
  if (uncheckable) return ofNoUse(uncheckable);
  return {
    ok: true,
    value: present({
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete: isUsableLink(complete) ? complete : undefined,
      expiresInSeconds,
      intervalSeconds,
    }),
  };
}

function ofNoUse(reason: Failure): DeviceAuthorizationOutcome {
  return { ok: false, fault: { failure: reason, transient: false, maybeDelivered: false } };
}

/** `user_code_uncheckable` if the code expires before the server allows the next poll; otherwise null. */
export function whereUncheckable(intervalSeconds: number, lifeSeconds: number): Failure | null {
  if (intervalSeconds < lifeSeconds) return null;
  const facts = { interval: String(intervalSeconds), life: String(lifeSeconds) };
  return failure('user_code_uncheckable', { facts });
}

/** Returns the default for an `interval` that is absent, invalid or less than one second. */
function usableInterval(interval: unknown): number {
  const seconds = readNumber(interval) ?? 0;
  return seconds >= 1 ? seconds : defaultIntervalSeconds;
}

const longestCode = 64;
/** Control characters, bidirectional controls, zero-width characters, fillers and line breaks. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The code is shown verbatim and copied to the clipboard at once, so it must not contain invisible characters. */
function isReadableCode(userCode: unknown): userCode is string {
  return (
    typeof userCode === 'string' && userCode.length <= longestCode && seen.test(userCode) && !unseen.test(userCode)
  );
}

function isUsableLink(link: unknown): link is string {
  return typeof link === 'string' && link.length <= 2000 && URL.canParse(link) && isAllowedTransport(new URL(link));
}
