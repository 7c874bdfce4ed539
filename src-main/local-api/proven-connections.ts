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
 * Who asks, by the secret in each request. The same header that was right a moment ago on the same connection is right until
 * a client is created or revoked: whoever could learn something from how long that takes has shown the secret already. Any
 * other one is hashed and compared in constant time.
 */
export class ProvenConnections {
  readonly #secrets: Secrets;
  readonly #proofs = new WeakMap<Socket, Proof>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** The clients could not be read: none of them is to be told that its secret is wrong. */
  get areWithheld(): boolean {
    return this.#secrets.areWithheld;
  }

  /** Null: nobody whom this server knows. */
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
