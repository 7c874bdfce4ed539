import { present } from '../../src-shared/present.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import type { ServerMetadata } from '../authorization/discovery.ts';
import { endpointsOf, type KnownServer } from '../authorization/known-server.ts';
import { ProofKey } from '../authorization/proof-key.ts';
import type { Http } from '../ports/http.ts';
import type { LicenseSecrets } from './license-record.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

export interface ServerAccess {
  /** Fetches the metadata, and uses the stored one only if the server cannot be reached. Without it, stored metadata is used first. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
  /** The key to bind the tokens to (RFC 9449). */
  readonly proofKey?: ProofKey | undefined;
  /** The tokens that the requests are about. Their client and key are used, whatever the settings say now. */
  readonly held?: LicenseSecrets;
}

interface ServerAccessDeps {
  readonly http: Http;
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
}

/**
 * Collects what requests to a profile's Authorization server need. Failures: those of discovery; `secret_store_damaged` if the
 * stored key is invalid.
 */
export async function accessServer(
  profile: ServerProfile,
  { http, knownServer, trustedTime }: ServerAccessDeps,
  { fresh, signal, proofKey, held }: ServerAccess,
): Promise<Result<AuthorizationContext>> {
  const key = held?.dpopKey ? await ProofKey.restore(held.dpopKey) : succeed(proofKey);
  if (!key.ok) return key;
  const metadata = await metadataFor(knownServer, fresh, held);
  if (!metadata.ok) return metadata;
  // The requests that follow depend on the time, so the clock is settled first.
  await trustedTime.settle();
  const now = () => trustedTime.evaluate().judgedAt;
  return succeed({
    http,
    metadata: metadata.value,
    clientId: held?.clientId ?? profile.clientId,
    ...present({ signal, proof: key.value ? { key: key.value, nonces: knownServer.nonces, now } : undefined }),
  });
}

/**
 * The stored metadata is in a plain file. It decides where a refresh token is sent only if its endpoints are those of the server
 * that issued the token. Otherwise the metadata is fetched from the server itself. Without this check, anyone who can write the
 * file could have refresh tokens sent anywhere (RFC 9700 §4.4).
 */
async function metadataFor(
  knownServer: KnownServer,
  fresh: boolean | undefined,
  held: LicenseSecrets | undefined,
): Promise<Result<ServerMetadata>> {
  const metadata = await (fresh ? knownServer.metadata() : knownServer.keptMetadata());
  const isElsewhere = metadata.ok && held?.endpoints !== undefined && held.endpoints !== endpointsOf(metadata.value);
  return isElsewhere ? knownServer.freshMetadata() : metadata;
}
