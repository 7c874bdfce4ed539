import type { CreatedClient, LocalApiSettings, LocalApiView, NewClient } from '../../src-shared/local-api-view.ts';
import type { PeersView } from '../../src-shared/peer-verdict.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import type { LocalApiControl } from '../ports/local-api.ts';

export interface LocalApiDeps {
  readonly settings: () => LocalApiSettings;
  readonly saveSettings: (settings: LocalApiSettings) => Result<null>;
  readonly onChanged: () => void;
}

/** The local license API: whether it is on, who may call it, and what it was asked. */
export class LocalApi implements LocalApiControl {
  readonly #deps: LocalApiDeps;
  #revision = 0;

  constructor(deps: LocalApiDeps) {
    this.#deps = deps;
  }

  get revision(): number {
    return this.#revision;
  }

  view(_profileId: string): LocalApiView {
    return { settings: this.#deps.settings(), state: 'off', socket: '', failure: null, clients: [] };
  }

  async change(settings: LocalApiSettings): Promise<Result<null>> {
    const saved = this.#deps.saveSettings(settings);
    this.#changed();
    return saved;
  }

  createClient(_profileId: string, _client: NewClient): Result<CreatedClient> {
    return fail('local_api_off');
  }

  revokeClient(_profileId: string, _clientId: string): Result<null> {
    return fail('client_unknown');
  }

  peers(_profileId: string): PeersView {
    return { peers: [], at: 0 };
  }

  #changed(): void {
    this.#revision += 1;
    this.#deps.onChanged();
  }
}
