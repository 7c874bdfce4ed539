import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiClients, KnownClient } from './api-clients.ts';

export type Secrets = Pick<ApiClients, 'areWithheld' | 'authenticate' | 'revision'>;

interface Proof {
  readonly authorization: string;
  readonly revision: number;
  readonly client: KnownClient;
}

/**
 * Identifies the client by the secret in each request. A header that was valid on a connection stays valid there until a
 * client is created or revoked, so it is compared without hashing. The timing of that comparison reveals nothing new: this
 * connection has already presented the secret. Any other header is hashed and compared in constant time.
 */
export class ProvenConnections {
  readonly #secrets: Secrets;
  readonly #proofs = new WeakMap<Socket, Proof>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** True while the clients cannot be read. A caller must then not get the answer that its secret is wrong. */
  get areWithheld(): boolean {
    return this.#secrets.areWithheld;
  }

  /** Null if the secret belongs to no known client. */
  clientOf({ socket, headers: { authorization } }: IncomingMessage): KnownClient | null {
    const proof = this.#proofs.get(socket);
    const { revision } = this.#secrets;
    if (proof && proof.revision === revision && proof.authorization === authorization) return proof.client;
    const client = this.#secrets.authenticate(authorization);
    if (client && authorization !== undefined) this.#proofs.set(socket, { authorization, revision, client });
    else this.#proofs.delete(socket);
    return client;
  }
}
