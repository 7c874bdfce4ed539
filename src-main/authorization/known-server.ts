import type { JSONWebKeySet } from 'jose';
import { z } from 'zod/mini';
import { present } from '../../src-shared/present.ts';
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

interface KnownServerDeps {
  readonly http: Http;
  /** For requests that nothing waits for. A failure is not reported as an unreachable server. */
  readonly quietHttp: Http;
  readonly documents: DocumentStore;
}

/**
 * What is known of one profile's Authorization server: the last valid metadata and public keys. They are kept on disk, so that offline work
 * does not have to fetch them.
 */
export class KnownServer {
  readonly #http: Http;
  readonly #quietHttp: Http;
  readonly #documents: DocumentStore;
  readonly #name: string;
  readonly #issuer: string;
  /** The nonces for proofs of possession. Not kept on disk. */
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

  /** The issuer that the kept metadata names. Null until metadata was fetched for the first time. */
  get keptIssuer(): string | null {
    return this.#metadata?.issuer ?? null;
  }

  /** Does the kept metadata say that the server is the sandbox that comes with this console? */
  get isSandbox(): boolean {
    return this.#metadata?.fusion_license_sandbox === true;
  }

  /** The same object until different keys are fetched. */
  get keptKeys(): JSONWebKeySet | null {
    return this.#keys;
  }

  /** Keys that the issuer published earlier, newest first. They verify this server's own token in the keychain, never a peer's. */
  get formerKeys(): JSONWebKeySet {
    return this.#formerKeys;
  }

  /** The endpoints of the kept metadata that receive refresh tokens; see {@link endpointsOf}. */
  get keptEndpoints(): string | undefined {
    return this.#metadata ? endpointsOf(this.#metadata) : undefined;
  }

  /** Does the kept metadata name a revocation endpoint? True until metadata was fetched for the first time. */
  get offersRevocation(): boolean {
    return this.#metadata === null || this.#metadata.revocation_endpoint !== undefined;
  }

  /** Null until metadata was fetched for the first time. */
  get keptTokenEndpoint(): string | null {
    return this.#metadata?.token_endpoint ?? null;
  }

  /** Fetches the metadata. Returns the kept metadata if that fails. */
  async metadata(): Promise<Result<ServerMetadata>> {
    const kept = this.#metadata;
    const fresh = await this.freshMetadata();
    return !fresh.ok && kept ? succeed(kept) : fresh;
  }

  /** Fetches the metadata. Never returns the kept metadata, which anyone who can write files could have altered. */
  async freshMetadata(): Promise<Result<ServerMetadata>> {
    const fresh = await requestMetadata(this.#http, this.#issuer);
    if (fresh.ok) {
      this.learn(fresh.value);
      return fresh;
    }
    // The address was checked when it was entered, so an HTML page now comes from the network in between.
    const { page, status = '', host = '' } = fresh.failure.facts ?? {};
    if (page === 'forbids') return fail('unexpected_content', { facts: { host, status } });
    return page ? fail('captive_portal', { facts: { host } }) : fresh;
  }

  /** Keeps metadata that was just fetched. */
  learn(metadata: ServerMetadata): void {
    this.#metadata = metadata;
    this.#keep();
  }

  /** Returns the kept metadata. Fetches it only if there is none. */
  async keptMetadata(): Promise<Result<ServerMetadata>> {
    return this.#metadata ? succeed(this.#metadata) : this.metadata();
  }

  /** Fetches the metadata and keeps it. Then stops trusting the keys that the server has withdrawn. */
  async contact(): Promise<Result<ServerMetadata>> {
    const fresh = await this.freshMetadata();
    if (fresh.ok) await this.renewKeys();
    return fresh;
  }

  /**
   * Fetches the public keys in the background, so that a key that the issuer has withdrawn is no longer trusted. The kept keys stay on any
   * failure; a set without usable keys counts as a failure, because no token could be verified with it (RFC 7517 §5). They also stay if
   * `isSound` returns false: keys that fit no token must not make a store refuse all of its registers.
   */
  async renewKeys(isSound: (keys: JSONWebKeySet) => Promise<boolean> = async () => true): Promise<void> {
    if (!this.#metadata || !this.#keys) return;
    const keys = await requestSigningKeys(this.#quietHttp, this.#metadata.jwks_uri);
    if (keys.ok && (await isSound(keys.value))) this.#take(keys.value);
  }

  /** Fetches the public keys. On failure the kept keys stay. */
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
    // If the disk cannot be written, only the copy for offline use is lost. The caller continues with what is in memory.
    this.#documents.write(this.#name, {
      metadata: this.#metadata,
      ...present({
        keys: this.#keys ?? undefined,
        formerKeys: this.#formerKeys.keys.length > 0 ? this.#formerKeys : undefined,
      }),
    });
  }
}

/** The endpoints that receive refresh tokens, as a text that can be compared. */
export function endpointsOf({ token_endpoint, revocation_endpoint }: ServerMetadata): string {
  return JSON.stringify([token_endpoint, revocation_endpoint ?? null]);
}

function textsOf({ keys }: JSONWebKeySet): readonly string[] {
  return keys.map((key) => JSON.stringify(key));
}
