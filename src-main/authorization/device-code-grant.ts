import { deviceCodeGrantRequest, None, processDeviceCodeResponse } from 'oauth4webapi';
import { type AuthorizationContext, publicClient, resourceParameter } from './authorization-context.ts';
import { oauthFailure, type ProtocolFault } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';
import { type TokenSet, tokenSetOf } from './token-set.ts';

/** One poll's answer (RFC 8628 §3.5). */
export type DeviceCodeGrantOutcome =
  | { readonly answer: 'tokens'; readonly tokens: TokenSet }
  | { readonly answer: 'authorization_pending' }
  | { readonly answer: 'slow_down'; readonly intervalSeconds?: number }
  /** No decision yet: no answer came, or the server is busy. */
  | { readonly answer: 'trouble'; readonly fault: ProtocolFault }
  | { readonly answer: 'refused'; readonly fault: ProtocolFault };

/** Polls once with the device code (RFC 8628 §3.4). */
export async function requestDeviceCodeGrant(
  context: AuthorizationContext,
  deviceCode: string,
  resource: string | undefined,
): Promise<DeviceCodeGrantOutcome> {
  try {
    const issued = await provenRequest(context, 'token_endpoint', async (options) => {
      const { metadata } = context;
      const client = publicClient(context);
      const response = await deviceCodeGrantRequest(metadata, client, None(), deviceCode, {
        ...options,
        additionalParameters: resourceParameter(resource),
      });
      return processDeviceCodeResponse(metadata, client, response);
    });
    return { answer: 'tokens', tokens: tokenSetOf(issued, context) };
  } catch (thrown) {
    return processRefusal(oauthFailure(thrown));
  }
}

function processRefusal(fault: ProtocolFault): DeviceCodeGrantOutcome {
  if (fault.error === 'authorization_pending') return { answer: 'authorization_pending' };
  if (fault.error === 'slow_down') {
    return {
      answer: 'slow_down',
      ...(fault.intervalSeconds === undefined ? {} : { intervalSeconds: fault.intervalSeconds }),
    };
  }
  return { answer: fault.transient ? 'trouble' : 'refused', fault };
}
