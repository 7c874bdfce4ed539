import type { JSONWebKeySet } from 'jose';
import { z } from 'zod/mini';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Http } from '../ports/http.ts';
import { metadataSchema, requestMetadata, type ServerMetadata } from './discovery.ts';
import { sameIssuer } from './issuer-address.ts';
import { ServerNonces } from './server-nonces.ts';
import { requestSigningKeys, signingKeysSchema } from './signing-keys.ts';

const keptSchema = z.object({
  metadata: metadataSchema,
  keys: z.optional(signingKeysSchema),
  formerKeys: z.catch(z.optional(signingKeysSchema), undefined),
});
const mostFormerKeys = 10;

export interface KnownServerDeps {
  readonly http: Http;
  /** For what nothing depends on at the moment: where it fails, nobody is told that the server is out of reach. */
  readonly quietHttp: Http;
  readonly documents: DocumentStore;
}

/**
 * One profile's Authorization server as last seen: its good metadata and public keys, kept on disk, so that nothing that
 * is valid offline needs them fresh.
 */
export class KnownServer {
  readonly #http: Http;
  readonly #quietHttp: Http;
  readonly #documents: DocumentStore;
  readonly #name: string;
  readonly #issuer: string;
  /** For proofs of possession; not kept on disk. */
  readonly nonces = new ServerNonces();
  #metadata: ServerMetadata | null = null;
  #keys: JSONWebKeySet | null = null;
  #formerKeys: JSONWebKeySet = { keys: [] };

  constructor(deps: KnownServerDeps, profileId: string, issuer: string) {
    this.#http = deps.http;
    this.#quietHttp = deps.quietHttp;
    this.#documents = deps.documents;
    this.#name = `authorization-server.${profileId}`;
    this.#issuer = issuer;
    this.#restore();
  }

  /** The issuer as its kept metadata names it; null before the first time that they were fetched. */
  get keptIssuer(): string | null {
    return this.#metadata?.issuer ?? null;
  }

  /** Does it say, as last seen, that it is the sandbox that comes with this console? */
  get isSandbox(): boolean {
    return this.#metadata?.fusion_license_sandbox === true;
  }

  /** The same object until others are fetched. */
  get keptKeys(): JSONWebKeySet | null {
    return this.#keys;
  }

  /** What the issuer published before, newest first: good for this server's own token in the keychain, never for a peer's. */
  get formerKeys(): JSONWebKeySet {
    return this.#formerKeys;
  }

  /** The addresses that refresh tokens are sent to, of the metadata as kept; see {@link endpointsOf}. */
  get keptEndpoints(): string | undefined {
    return this.#metadata ? endpointsOf(this.#metadata) : undefined;
  }

  /** Do the metadata as kept name an address where an authorization can be ended? True before the first time. */
  get offersRevocation(): boolean {
    return this.#metadata === null || this.#metadata.revocation_endpoint !== undefined;
  }

  /** Null before the metadata were fetched for the first time. */
  get keptTokenEndpoint(): string | null {
    return this.#metadata?.token_endpoint ?? null;
  }

  /** Fresh metadata where the server answers; the kept one where the way there is broken. */
  async metadata(): Promise<Result<ServerMetadata>> {
    const kept = this.#metadata;
    const fresh = await this.freshMetadata();
    return !fresh.ok && kept ? succeed(kept) : fresh;
  }

  /** Fresh metadata, never the kept ones, which whoever can write files could have altered. */
  async freshMetadata(): Promise<Result<ServerMetadata>> {
    const fresh = await requestMetadata(this.#http, this.#issuer);
    if (fresh.ok) {
      this.learn(fresh.value);
      return fresh;
    }
    // The address was checked when it was entered: what shows a page now is the network in between.
    const { page, host = '' } = fresh.failure.facts ?? {};
    return page ? fail('captive_portal', { facts: { host } }) : fresh;
  }

  /** Keeps metadata that were just fetched. */
  learn(metadata: ServerMetadata): void {
    this.#metadata = metadata;
    this.#keep();
  }

  /** The kept metadata; asked for only where there is none. */
  async keptMetadata(): Promise<Result<ServerMetadata>> {
    return this.#metadata ? succeed(this.#metadata) : this.metadata();
  }

  /** Does the server answer? If so, its metadata are kept, and the keys that it has withdrawn do not count any more. */
  async contact(): Promise<boolean> {
    const fresh = await this.freshMetadata();
    if (fresh.ok) await this.renewKeys();
    return fresh.ok;
  }

  /**
   * Fetches the kept public keys anew in passing, so that one that the issuer has withdrawn counts no more. They stay on any
   * failure, and where `isSound` says no: an empty set is no answer, since nobody could ever issue a token by it, and one
   * that nobody's tokens would fit must not make a store refuse all of its registers (RFC 7517 §5).
   */
  async renewKeys(isSound: (keys: JSONWebKeySet) => Promise<boolean> = async () => true): Promise<void> {
    if (!this.#metadata || !this.#keys) return;
    const keys = await requestSigningKeys(this.#quietHttp, this.#metadata.jwks_uri);
    if (keys.ok && (await isSound(keys.value))) this.#take(keys.value);
  }

  /** Fetches the public keys anew; on failure the kept ones stay. */
  async fetchKeys(): Promise<Result<JSONWebKeySet>> {
    const metadata = await this.keptMetadata();
    if (!metadata.ok) return metadata;
    const keys = await requestSigningKeys(this.#http, metadata.value.jwks_uri);
    if (!keys.ok) return keys;
    this.#take(keys.value);
    return keys;
  }

  #take(fetched: JSONWebKeySet): void {
    const published = textsOf(fetched);
    if (this.#keys && textsOf(this.#keys).join() === published.join()) return;
    const before = [...(this.#keys?.keys ?? []), ...this.#formerKeys.keys];
    const former = before.filter((key) => !published.includes(JSON.stringify(key)));
    this.#formerKeys = { keys: former.slice(0, mostFormerKeys) };
    this.#keys = fetched;
    this.#keep();
  }

  #restore(): void {
    const stored = this.#documents.read(this.#name);
    if (stored.state !== 'present') return;
    const kept = keptSchema.safeParse(stored.document);
    if (!kept.success) this.#documents.setAside(this.#name);
    if (!kept.success || !sameIssuer(kept.data.metadata.issuer, this.#issuer)) return;
    this.#metadata = kept.data.metadata as ServerMetadata;
    this.#keys = (kept.data.keys as JSONWebKeySet | undefined) ?? null;
    this.#formerKeys = (kept.data.formerKeys as JSONWebKeySet | undefined) ?? { keys: [] };
  }

  #keep(): void {
    // A disk that is full costs the copy for offline use, nothing else: the caller goes on with what it has.
    this.#documents.write(this.#name, {
      metadata: this.#metadata,
      ...(this.#keys ? { keys: this.#keys } : {}),
      ...(this.#formerKeys.keys.length > 0 ? { formerKeys: this.#formerKeys } : {}),
    });
  }
}

/** The addresses that refresh tokens are sent to. */
export function endpointsOf({ token_endpoint, revocation_endpoint }: ServerMetadata): string {
  return JSON.stringify([token_endpoint, revocation_endpoint ?? null]);
}

function textsOf({ keys }: JSONWebKeySet): readonly string[] {
  return keys.map((key) => JSON.stringify(key));
}
