import { deviceAuthorizationRequest, None } from 'oauth4webapi';
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

/** RFC 8628 §3.2. The device code is a secret of the main process. */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** RFC 8628 §3.2: the interval where the server gives none. */
export const defaultIntervalSeconds = 5;

export type DeviceAuthorizationOutcome =
  | { readonly ok: true; readonly value: DeviceAuthorization }
  | { readonly ok: false; readonly fault: ProtocolFault };

/** Asks for a device code and a user code (RFC 8628 §3.1), for the license's scope, and its resource where there is one (RFC 8707 §2). */
export async function requestDeviceAuthorization(
  context: AuthorizationContext,
  request: { readonly scope: string; readonly resource: string | undefined },
): Promise<DeviceAuthorizationOutcome> {
  const exchanged = await exchange(context, (options) =>
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
 * Checks the answer: a junk interval becomes the default, no link may leave https (loopback excepted), and a code that cannot be
 * read, or ends before it may be checked for the first time, is not shown to anybody.
 */
function readDeviceAuthorization(answer: HttpAnswer): DeviceAuthorizationOutcome {
  const document = successOf(answer);
  if (!document) return { ok: false, fault: oauthFailure(answer) };
  const {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri,
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
    value: {
      deviceCode,
      userCode,
      verificationUri,
      ...(isUsableLink(complete) ? { verificationUriComplete: complete } : {}),
      expiresInSeconds,
      intervalSeconds,
    },
  };
}

function ofNoUse(reason: Failure): DeviceAuthorizationOutcome {
  return { ok: false, fault: { failure: reason, transient: false, maybeDelivered: false } };
}

/** `user_code_uncheckable` where a code has ended before the server wants to be asked about it; null where it has not. */
export function whereUncheckable(intervalSeconds: number, lifeSeconds: number): Failure | null {
  if (intervalSeconds < lifeSeconds) return null;
  const facts = { interval: String(intervalSeconds), life: String(lifeSeconds) };
  return failure('user_code_uncheckable', { facts });
}

/** An absent, zero or junk `interval` counts as absent; less than a second is junk. */
function usableInterval(interval: unknown): number {
  const seconds = readNumber(interval) ?? 0;
  return seconds >= 1 ? seconds : defaultIntervalSeconds;
}

const longestCode = 64;
/** Control characters, those that turn the direction, those of no width, fillers, and what breaks a line. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** It is shown verbatim and copied at once, so nothing in it may be unseen. */
function isReadableCode(userCode: unknown): userCode is string {
  return (
    typeof userCode === 'string' && userCode.length <= longestCode && seen.test(userCode) && !unseen.test(userCode)
  );
}

function isUsableLink(link: unknown): link is string {
  return typeof link === 'string' && link.length <= 2000 && URL.canParse(link) && isAllowedTransport(new URL(link));
}
