import { deviceAuthorizationRequest, None } from 'oauth4webapi';
import { failure } from '../../src-shared/result.ts';
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

/** Checks the answer: a junk interval becomes the default, and no link may leave https (loopback excepted). */
function readDeviceAuthorization(answer: HttpAnswer): DeviceAuthorizationOutcome {
  const document = successOf(answer);
  if (!document) return { ok: false, fault: oauthFailure(answer) };
  const {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri,
    verification_uri_complete: complete,
  } = document;
  const expiresInSeconds = readNumber(document['expires_in']) ?? 0;
  if (
    typeof deviceCode !== 'string' ||
    !isUsableLink(verificationUri) ||
    !isUsableCode(userCode) ||
    expiresInSeconds <= 0
  ) {
    return { ok: false, fault: { failure: failure('response_invalid'), transient: false, maybeDelivered: false } };
  }
  return {
    ok: true,
    value: {
      deviceCode,
      userCode,
      verificationUri,
      ...(isUsableLink(complete) ? { verificationUriComplete: complete } : {}),
      expiresInSeconds,
      intervalSeconds: usableInterval(document['interval']),
    },
  };
}

/** An absent, zero or junk `interval` counts as absent; less than a second is junk. */
function usableInterval(interval: unknown): number {
  const seconds = readNumber(interval) ?? 0;
  return seconds >= 1 ? seconds : defaultIntervalSeconds;
}

/** It is shown verbatim and copied at once, so nothing in it may be unseen. */
function isUsableCode(userCode: unknown): userCode is string {
  return typeof userCode === 'string' && userCode.length <= 64 && userCode.trim() !== '' && !/\p{C}/u.test(userCode);
}

function isUsableLink(link: unknown): link is string {
  return typeof link === 'string' && link.length <= 2000 && URL.canParse(link) && isAllowedTransport(new URL(link));
}
