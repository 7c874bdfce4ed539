import type { ToldSecretView } from '../../src-shared/console-state.ts';
import type { CreatedClient } from '../../src-shared/local-api-view.ts';
import type { LocalApiControl } from '../ports/local-api.ts';

interface Told extends CreatedClient {
  readonly profileId: string;
  readonly standing: 'to_copy' | 'warned' | 'copied';
}

/**
 * The secret of the client that was created last, while the person is still to take it away. It is in memory alone: until they
 * leave it, and no longer than the window that shows it. Other pages, another server and a page that loads anew do not end it.
 */
export class ToldSecret {
  readonly #localApi: Pick<LocalApiControl, 'view'>;
  readonly #changed: () => void;
  #told: Told | null = null;

  constructor(localApi: Pick<LocalApiControl, 'view'>, changed: () => void) {
    this.#localApi = localApi;
    this.#changed = changed;
  }

  /** What the screen may know before it asks for the secret itself; null where there is none. */
  view(): ToldSecretView | null {
    if (!this.#told) return null;
    const { client } = this.#told;
    return { clientId: client.id, name: client.name, standing: this.#isRevoked() ? 'revoked' : this.#told.standing };
  }

  /** Null where there is none, and where its client was revoked: then nobody needs it. */
  get secret(): string | null {
    return this.#told && !this.#isRevoked() ? this.#told.secret : null;
  }

  tell(profileId: string, created: CreatedClient): void {
    this.#set({ ...created, profileId, standing: 'to_copy' });
  }

  copied(): void {
    if (this.#told) this.#set({ ...this.#told, standing: 'copied' });
  }

  /** May the window go? One that was not copied is lost with it: the first time, that is said instead. */
  mayGo(): boolean {
    if (this.view()?.standing !== 'to_copy') return true;
    if (this.#told) this.#set({ ...this.#told, standing: 'warned' });
    return false;
  }

  /** The person leaves it: it is forgotten, unless they first have to be told that it is lost then. */
  leave(): void {
    if (this.#told && this.mayGo()) this.#set(null);
  }

  #set(told: Told | null): void {
    this.#told = told;
    this.#changed();
  }

  /** Also from a terminal, while it is on the screen. */
  #isRevoked(): boolean {
    const told = this.#told;
    return told !== null && !this.#localApi.view(told.profileId).clients.some(({ id }) => id === told.client.id);
  }
}
