import { present } from '../../src-shared/present.ts';
import { deviceCodeGrantRequest, None } from 'oauth4webapi';
import { type AuthorizationContext, judgedTarget, publicClient, resourceParameter } from './authorization-context.ts';
import type { ProtocolFault } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';
import { readTokenResponse, type TokenSet } from './token-set.ts';

/** The result of one poll (RFC 8628 §3.5). */
export type DeviceCodeGrantOutcome =
  | { readonly answer: 'tokens'; readonly tokens: TokenSet }
  | { readonly answer: 'authorization_pending' }
  | { readonly answer: 'slow_down'; readonly intervalSeconds?: number }
  /** No decision yet: there was no usable response, or the server is busy. */
  | { readonly answer: 'trouble'; readonly fault: ProtocolFault }
  /** `refreshToken`: the server issued one, but the rest of the response is unusable. */
  | { readonly answer: 'refused'; readonly fault: ProtocolFault; readonly refreshToken?: string };

/** Polls once with the device code (RFC 8628 §3.4). */
export async function requestDeviceCodeGrant(
  context: AuthorizationContext,
  deviceCode: string,
  resource: string | undefined,
): Promise<DeviceCodeGrantOutcome> {
  const exchanged = await provenRequest(context, 'poll', (options) =>
    deviceCodeGrantRequest(context.metadata, publicClient(context), None(), deviceCode, {
      ...options,
      additionalParameters: resourceParameter(resource),
    }),
  );
  const read = judgedTarget(readTokenResponse(exchanged, context), resource);
  if (read.ok) return { answer: 'tokens', tokens: read.tokens };
  const { fault, refreshToken } = read;
  if (fault.error === 'authorization_pending') return { answer: 'authorization_pending' };
  if (fault.error === 'slow_down') {
    return present({ answer: 'slow_down', intervalSeconds: fault.intervalSeconds });
  }
  if (fault.transient) return { answer: 'trouble', fault };
  return present({ answer: 'refused', fault, refreshToken });
}
