import { type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/server-profile.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import type { ServerMetadata } from '../authorization/discovery.ts';
import { endpointsOf, type KnownServer } from '../authorization/known-server.ts';
import { ProofKey } from '../authorization/proof-key.ts';
import type { Http } from '../ports/http.ts';
import type { LicenseSecrets } from './license-record.ts';
import type { TrustedTime } from './trusted-time.ts';

export interface ServerAccess {
  /** Asks for the metadata anew; else only where none is kept. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
  /** The key that tokens are to be bound to (RFC 9449). */
  readonly proofKey?: ProofKey | undefined;
  /** Speaks about these tokens: as the client and with the key that they were issued to, whatever the settings say now. */
  readonly held?: LicenseSecrets;
}

interface ServerAccessDeps {
  readonly http: Http;
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
}

/** How to speak to a profile's Authorization server. Failures: those of discovery; `secret_store_damaged` for a bad key. */
export async function accessServer(
  profile: ServerProfile,
  { http, knownServer, trustedTime }: ServerAccessDeps,
  { fresh, signal, proofKey, held }: ServerAccess,
): Promise<Result<AuthorizationContext>> {
  const key = held?.dpopKey ? await ProofKey.restore(held.dpopKey) : succeed(proofKey);
  if (!key.ok) return key;
  const metadata = await metadataFor(knownServer, fresh, held);
  if (!metadata.ok) return metadata;
  // What is sent and checked next goes by the time.
  await trustedTime.settle();
  const now = () => trustedTime.evaluate().judgedAt;
  return succeed({
    http,
    metadata: metadata.value,
    clientId: held?.clientId ?? profile.clientId,
    ...(signal ? { signal } : {}),
    ...(key.value ? { proof: { key: key.value, nonces: knownServer.nonces, now } } : {}),
  });
}

/**
 * What stands in a file says where refresh tokens go only as long as that is where they came from. Where the server has moved
 * it must say so itself: else who can write files could have them sent anywhere (RFC 9700 §4.4).
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
