import type { PeerReason } from '../../registers/peer-verdict.ts';

const keychain = (detail: string) => ({ title: 'The keychain did not give the license token', detail });

/** The texts of the local license API's answers, as problem details (RFC 9457). */
export const localApiAnswerWords = {
  problems: {
    malformed_request: {
      title: 'Malformed request',
      detail:
        'Use HTTP/1.1 and one of the paths in /v1/openapi.json, without a query, and send each header once. A secret belongs in the Authorization header.',
    },
    malformed_body: {
      title: 'Malformed body',
      detail:
        'The body is not the JSON object that /v1/openapi.json describes for this path, such as {"token":"…"} for /v1/verify, or it has a member twice.',
    },
    unauthorized: {
      title: 'No valid secret',
      detail:
        'Send the secret of a client as "Authorization: Bearer …". Clients are created and revoked in the console, under Registers & servers.',
    },
    forbidden: {
      title: 'Not allowed for this client',
      detail:
        'This client has no permission to do that. Create one that has it in the console, under Registers & servers.',
    },
    origin_refused: {
      title: 'Web pages may not call this',
      detail: 'The request came from a page in a browser. This API answers only programs on this computer.',
    },
    not_found: {
      title: 'Not found',
      detail: 'There is nothing at this path. /v1/openapi.json lists the paths.',
    },
    method_not_allowed: { title: 'Method not allowed', detail: 'The Allow header names the method of this path.' },
    request_timeout: { title: 'Too slow', detail: 'The whole request did not arrive in time.' },
    not_licensed: { title: 'Not licensed', detail: 'This server holds no license. Acquire one in the console.' },
    token_expired: {
      title: 'The license token has expired',
      detail: 'The console keeps trying to refresh it. Its License page says what prevents that.',
    },
    token_not_bound: {
      title: 'The license token is not bound to a key',
      detail: 'It is a bearer token and needs no proof of possession.',
    },
    body_too_large: { title: 'Body too large', detail: 'A body may have at most 128 KiB.' },
    unsupported_media_type: {
      title: 'Unsupported media type',
      detail: 'Send the body as application/json, not encoded.',
    },
    expectation_failed: { title: 'Expectation failed', detail: 'The Expect header may only be "100-continue".' },
    host_refused: {
      title: 'Host refused',
      detail:
        'The Host header must be exactly the address that this API listens at. Over its socket, that is "localhost".',
    },
    too_many_streams: {
      title: 'Too many event streams',
      detail: 'A client may read 16 event streams at the same time, and all clients together 64. Close one first.',
    },
    header_too_large: {
      title: 'Headers too large',
      detail: 'A request may have at most 64 headers and 16 KiB in total.',
    },
    internal_error: {
      title: 'Something went wrong here',
      detail: 'The console could not answer. Try again. If that does not help, tell support.',
    },
    secret_store_missing: keychain('No keychain was found on this computer. The console says what to do.'),
    secret_store_locked: keychain('It is locked. Unlock it in the console.'),
    secret_store_timeout: keychain('It does not answer in time. Try again in a moment.'),
    secret_store_refused: keychain('It refused. The console says what to do.'),
    secret_store_full: keychain('It is full. The console says what to do.'),
    secret_store_password_changed: keychain('It is locked with an earlier password. Unlock it in the console.'),
    secret_store_changed_backend: keychain(
      'This computer now uses a different keychain from the one that holds the token.',
    ),
    secret_store_damaged: keychain('The token is no longer there. Authorize this server again in the console.'),
    signing_keys_unavailable: {
      title: 'No public keys yet',
      detail:
        "The Authorization server's public keys have not been fetched yet. The console fetches them with the first license.",
    },
  },
  /** Why a peer's token is not accepted, in one sentence. */
  peerRefused: {
    not_licensed: 'This server holds no license that other tokens could be compared with.',
    malformed: 'This is not a license token.',
    algorithm_unsupported: 'The token is signed in a way that is not supported here, so it cannot be checked.',
    key_unknown: 'The Authorization server has no key that could have signed this token.',
    key_unknown_offline:
      'The key of this token is not known here, and the Authorization server cannot be asked for it now.',
    key_refused: 'The key of this token is not known here, and the Authorization server did not give it.',
    signature_invalid: 'The signature is wrong: the token was changed, or somebody else made it.',
    type_invalid: 'This is another kind of token, not a license token.',
    other_issuer: 'The token was issued by another Authorization server.',
    other_audience: 'The token was issued for another service.',
    expired: 'The token has expired. The peer has to refresh it.',
    clock_wrong: "The token was issued later than this computer's time: one of the two computers' clocks is wrong.",
    license_details_missing: 'The token does not say whose it is: its device is not a POS device.',
    other_organization: 'The peer belongs to another organization.',
    organization_missing:
      'At least one of the two licenses names no organization that can be read, so they cannot be compared.',
    not_our_peer: 'The peer belongs to another hub server.',
    license_expired: "The peer's license renewal date has passed.",
    proof_missing: 'The token is bound to a key, but no proof of possession came with it.',
    proof_invalid: 'The proof of possession does not fit the token or the request.',
  } satisfies Record<PeerReason, string>,
};
