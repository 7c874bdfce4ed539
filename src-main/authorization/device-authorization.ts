import { deviceAuthorizationRequest, None, processDeviceAuthorizationResponse } from 'oauth4webapi';
import { failure } from '../../src-shared/result.ts';
import { type AuthorizationContext, publicClient, requestOptions, resourceParameter } from './authorization-context.ts';
import { isAllowedTransport } from './issuer-address.ts';
import { oauthFailure, type ProtocolFault } from './oauth-failure.ts';

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
  try {
    const response = await deviceAuthorizationRequest(
      context.metadata,
      publicClient(context),
      None(),
      { scope: request.scope, ...resourceParameter(request.resource) },
      requestOptions(context),
    );
    return await processDeviceAuthorization(context, response);
  } catch (thrown) {
    return { ok: false, fault: oauthFailure(thrown) };
  }
}

/** Checks the answer: a junk interval becomes the default, and no link may leave https (loopback excepted). */
async function processDeviceAuthorization(
  context: AuthorizationContext,
  response: Response,
): Promise<DeviceAuthorizationOutcome> {
  const answer = await processDeviceAuthorizationResponse(
    context.metadata,
    publicClient(context),
    await withUsableInterval(response),
  );
  const complete = answer.verification_uri_complete;
  if (!isUsableLink(answer.verification_uri) || !isUsableCode(answer.user_code) || answer.expires_in <= 0) {
    return { ok: false, fault: { failure: failure('response_invalid'), transient: false, maybeDelivered: false } };
  }
  return {
    ok: true,
    value: {
      deviceCode: answer.device_code,
      userCode: answer.user_code,
      verificationUri: answer.verification_uri,
      ...(complete !== undefined && isUsableLink(complete) ? { verificationUriComplete: complete } : {}),
      expiresInSeconds: answer.expires_in,
      intervalSeconds: answer.interval ?? defaultIntervalSeconds,
    },
  };
}

/** An absent, zero or junk `interval` counts as absent; less than a second is junk. */
async function withUsableInterval(response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  const text = await response.text();
  const same = (body: string) => new Response(body, { status: response.status, headers: response.headers });
  try {
    const document = JSON.parse(text) as Record<string, unknown>;
    const interval = document['interval'];
    if (typeof interval === 'number' && Number.isFinite(interval) && interval >= 1) return same(text);
    delete document['interval'];
    return same(JSON.stringify(document));
  } catch {
    return same(text);
  }
}

/** It is shown verbatim and copied at once, so nothing in it may be unseen. */
function isUsableCode(userCode: string): boolean {
  return userCode.length <= 64 && userCode.trim() !== '' && !/\p{C}/u.test(userCode);
}

function isUsableLink(link: string): boolean {
  return link.length <= 2000 && URL.canParse(link) && isAllowedTransport(new URL(link));
}
