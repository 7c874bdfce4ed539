import type { NewClientSecretView } from '../../src-shared/window/console-state.ts';
import type { CreatedClient } from '../../src-shared/registers/local-api-view.ts';
import type { LocalApiControl } from '../local-api/local-api-control.ts';

interface ShownSecret extends CreatedClient {
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
  #shown: ShownSecret | null = null;

  constructor(localApi: Pick<LocalApiControl, 'view'>, changed: () => void) {
    this.#localApi = localApi;
    this.#changed = changed;
  }

  /** What the screen shows before it asks for the secret itself. Null if there is no secret. */
  view(): NewClientSecretView | null {
    if (!this.#shown) return null;
    const { client } = this.#shown;
    return { clientId: client.id, name: client.name, standing: this.#isRevoked() ? 'revoked' : this.#shown.standing };
  }

  /** Null if there is no secret, or if its client was revoked and the secret is useless. */
  get secret(): string | null {
    return this.#shown && !this.#isRevoked() ? this.#shown.secret : null;
  }

  show(profileId: string, created: CreatedClient): void {
    this.#set({ ...created, profileId, standing: 'to_copy' });
  }

  copied(): void {
    if (this.#shown) this.#set({ ...this.#shown, standing: 'copied' });
  }

  /** May the secret be discarded? If it was not copied, the first call warns and returns false. */
  mayDiscard(): boolean {
    if (this.view()?.standing !== 'to_copy') return true;
    if (this.#shown) this.#set({ ...this.#shown, standing: 'warned' });
    return false;
  }

  /** The person closes the view. Forgets the secret, unless it is uncopied and the person was not warned yet. */
  leave(): void {
    if (this.#shown && this.mayDiscard()) this.#set(null);
  }

  #set(shown: ShownSecret | null): void {
    this.#shown = shown;
    this.#changed();
  }

  /** A terminal may revoke the client while the secret is on the screen. */
  #isRevoked(): boolean {
    const shown = this.#shown;
    return shown !== null && !this.#localApi.view(shown.profileId).clients.some(({ id }) => id === shown.client.id);
  }
}
