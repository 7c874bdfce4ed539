import { type Result, succeed } from '../../src-shared/result.ts';
import type { HistoryLog } from '../history/history-log.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { ServerProfiles } from './server-profiles.ts';

interface ForgottenServersDeps {
  readonly profiles: ServerProfiles;
  readonly documents: DocumentStore;
  readonly secrets: SecretStore;
  readonly history: Pick<HistoryLog, 'forget'>;
  /** Deletes what parts of the console outside this folder store about the server. False if something is left. */
  readonly onForgotten: (profileId: string) => boolean;
}

/** The license comes last: until then, a failing keychain costs nothing. */
const secretNames = ['probe', 'open-grants', 'pending', 'license'] as const;
const documentNames = ['license', 'acquisition', 'authorization-server', 'peers'] as const;

/** Deletes everything that is stored under the id of a server that a person has forgotten, and nothing else. */
export class ForgottenServers {
  readonly #deps: ForgottenServersDeps;

  constructor(deps: ForgottenServersDeps) {
    this.#deps = deps;
  }

  /**
   * Deletes the keychain entries. `held`: a license is known to be there. If the keychain fails, everything stays as it was.
   * Failures: `settings_not_written`, and the `secret_store_*` codes.
   */
  async begin(profileId: string, held: boolean): Promise<Result<null>> {
    const { profiles } = this.#deps;
    // Recorded first: if the console ends before the rest is deleted, the next start continues.
    const noted = profiles.beginForgetting(profileId);
    if (!noted.ok) return noted;
    const deleted = await this.#deleteSecrets(profileId);
    // A computer without a keychain holds no tokens.
    if (deleted.ok || (deleted.failure.code === 'secret_store_missing' && !held)) return succeed(null);
    profiles.undoForgetting(profileId);
    return deleted;
  }

  /** Deletes the rest. Call this after {@link begin}, when nothing still writes about the server. */
  end(profileId: string): void {
    const { profiles, documents, history, onForgotten } = this.#deps;
    const isGone = [
      ...documentNames.map((name) => documents.removeAll(`${name}.${profileId}`).ok),
      onForgotten(profileId),
      history.forget(profileId),
    ].every(Boolean);
    profiles.endForgetting(profileId, isGone);
  }

  /** Finishes what an earlier run did not. What still cannot be deleted is tried again at the next start. */
  async finish(): Promise<void> {
    for (const profileId of this.#deps.profiles.forgetting)
      if ((await this.#deleteSecrets(profileId)).ok) this.end(profileId);
  }

  async #deleteSecrets(profileId: string): Promise<Result<null>> {
    const { secrets } = this.#deps;
    const deleted: (readonly [name: string, value: string])[] = [];
    for (const kind of secretNames) {
      const name = `${kind}.${profileId}`;
      const before = await secrets.read(name);
      const removed = await secrets.remove(name);
      if (!removed.ok) {
        for (const [earlier, value] of deleted) await secrets.write(earlier, value);
        return removed;
      }
      if (before.ok && before.value !== null) deleted.push([name, before.value]);
    }
    return succeed(null);
  }
}
