import type { NewClientSecretView } from '../../src-shared/console-state.ts';
import type { CreatedClient } from '../../src-shared/local-api-view.ts';
import type { LocalApiControl } from '../ports/local-api.ts';

interface Told extends CreatedClient {
  readonly profileId: string;
  readonly standing: 'to_copy' | 'warned' | 'copied';
}

/**
 * The secret of the most recently created client, shown once so that a person can copy it. It is only in memory, until the
 * person closes its view or the window closes. It survives other pages, a switch to another server and a page reload.
 */
export class NewClientSecret {
  readonly #localApi: Pick<LocalApiControl, 'view'>;
  readonly #changed: () => void;
  #told: Told | null = null;

  constructor(localApi: Pick<LocalApiControl, 'view'>, changed: () => void) {
    this.#localApi = localApi;
    this.#changed = changed;
  }

  /** What the screen shows before it asks for the secret itself. Null if there is no secret. */
  view(): NewClientSecretView | null {
    if (!this.#told) return null;
    const { client } = this.#told;
    return { clientId: client.id, name: client.name, standing: this.#isRevoked() ? 'revoked' : this.#told.standing };
  }

  /** Null if there is no secret, or if its client was revoked and the secret is useless. */
  get secret(): string | null {
    return this.#told && !this.#isRevoked() ? this.#told.secret : null;
  }

  tell(profileId: string, created: CreatedClient): void {
    this.#set({ ...created, profileId, standing: 'to_copy' });
  }

  copied(): void {
    if (this.#told) this.#set({ ...this.#told, standing: 'copied' });
  }

  /** May the secret be discarded? If it was not copied, the first call warns and returns false. */
  mayDiscard(): boolean {
    if (this.view()?.standing !== 'to_copy') return true;
    if (this.#told) this.#set({ ...this.#told, standing: 'warned' });
    return false;
  }

  /** The person closes the view. Forgets the secret, unless it is uncopied and the person was not warned yet. */
  leave(): void {
    if (this.#told && this.mayDiscard()) this.#set(null);
  }

  #set(told: Told | null): void {
    this.#told = told;
    this.#changed();
  }

  /** A terminal may revoke the client while the secret is on the screen. */
  #isRevoked(): boolean {
    const told = this.#told;
    return told !== null && !this.#localApi.view(told.profileId).clients.some(({ id }) => id === told.client.id);
  }
}
