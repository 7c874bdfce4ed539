import type { JSONWebKeySet } from 'jose';
import { z } from 'zod/mini';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Http } from '../ports/http.ts';
import { metadataSchema, requestMetadata, type ServerMetadata } from './discovery.ts';
import { sameIssuer } from './issuer-address.ts';
import { ServerNonces } from './server-nonces.ts';
import { requestSigningKeys, signingKeysSchema } from './signing-keys.ts';

const keptSchema = z.object({ metadata: metadataSchema, keys: z.optional(signingKeysSchema) });

/**
 * One profile's Authorization server as last seen: its good metadata and public keys, kept on disk, so that nothing that
 * is valid offline needs them fresh.
 */
export class KnownServer {
  readonly #http: Http;
  readonly #documents: DocumentStore;
  readonly #name: string;
  readonly #issuer: string;
  /** For proofs of possession; not kept on disk. */
  readonly nonces = new ServerNonces();
  #metadata: ServerMetadata | null = null;
  #keys: JSONWebKeySet | null = null;

  constructor(deps: { http: Http; documents: DocumentStore }, profileId: string, issuer: string) {
    this.#http = deps.http;
    this.#documents = deps.documents;
    this.#name = `authorization-server.${profileId}`;
    this.#issuer = issuer;
    this.#restore();
  }

  /** The issuer as its kept metadata names it; null before the first time that they were fetched. */
  get keptIssuer(): string | null {
    return this.#metadata?.issuer ?? null;
  }

  /** The same object until the keys are fetched anew. */
  get keptKeys(): JSONWebKeySet | null {
    return this.#keys;
  }

  /** Fresh metadata where the server answers; the kept one where the way there is broken. */
  async metadata(): Promise<Result<ServerMetadata>> {
    const fresh = await requestMetadata(this.#http, this.#issuer);
    if (fresh.ok) {
      this.#metadata = fresh.value;
      this.#keep();
      return fresh;
    }
    if (this.#metadata) return succeed(this.#metadata);
    // The address was checked when it was entered: what shows a page now is the network in between.
    const { page, host = '' } = fresh.failure.facts ?? {};
    return page ? fail('captive_portal', { facts: { host } }) : fresh;
  }

  /** The kept metadata; asked for only where there is none. */
  async keptMetadata(): Promise<Result<ServerMetadata>> {
    return this.#metadata ? succeed(this.#metadata) : this.metadata();
  }

  /** Fetches the public keys anew; on failure the kept ones stay. */
  async fetchKeys(): Promise<Result<JSONWebKeySet>> {
    const metadata = await this.keptMetadata();
    if (!metadata.ok) return metadata;
    const keys = await requestSigningKeys(this.#http, metadata.value.jwks_uri);
    if (!keys.ok) return keys;
    this.#keys = keys.value;
    this.#keep();
    return keys;
  }

  #restore(): void {
    const stored = this.#documents.read(this.#name);
    if (stored.state !== 'present') return;
    const kept = keptSchema.safeParse(stored.document);
    if (!kept.success) this.#documents.setAside(this.#name);
    if (!kept.success || !sameIssuer(kept.data.metadata.issuer, this.#issuer)) return;
    this.#metadata = kept.data.metadata as ServerMetadata;
    this.#keys = (kept.data.keys as JSONWebKeySet | undefined) ?? null;
  }

  #keep(): void {
    // A disk that is full costs the copy for offline use, nothing else: the caller goes on with what it has.
    this.#documents.write(this.#name, { metadata: this.#metadata, ...(this.#keys ? { keys: this.#keys } : {}) });
  }
}
