import type { TokenEndpointResponse } from 'oauth4webapi';

/** What the token endpoint issued (RFC 6749 §5.1). Never logged, never sent to the screen. */
export interface TokenSet {
  /** The license token. */
  readonly accessToken: string;
  /** Absent where the server issued none; on a refresh, the old one then stays in use (RFC 6749 §6). */
  readonly refreshToken?: string;
}

export function tokenSetOf(response: TokenEndpointResponse): TokenSet {
  return {
    accessToken: response.access_token,
    ...(response.refresh_token === undefined ? {} : { refreshToken: response.refresh_token }),
  };
}
