import type {
  CreatedClient,
  LocalApiSettings,
  LocalApiView,
  NewClient,
} from '../../src-shared/registers/local-api-view.ts';
import type { PeersView } from '../../src-shared/registers/peer-verdict.ts';
import type { Failure, Result } from '../../src-shared/result.ts';

/** The local license API, as the screen and the commands control it. Clients and peers belong to one server profile. */
export interface LocalApiControl {
  /** Rises with every change of the settings, the state and the clients. */
  readonly revision: number;
  view(profileId: string): LocalApiView;
  /** Why stored clients cannot call: `api_clients_lost` until one is created, or `file_unreadable`. Null if nothing is known to be wrong. */
  readonly clientsFailure: Failure | null;
  /** Saves and applies the settings. Failures: `settings_not_written`, `local_api_address_taken`, `local_api_not_opened`. */
  change(settings: LocalApiSettings): Promise<Result<null>>;
  /** Failures: `too_many_clients`, `client_name_taken`, `settings_not_written`. */
  createClient(profileId: string, client: NewClient): Result<CreatedClient>;
  /** Failures: `client_unknown`, `settings_not_written`. */
  revokeClient(profileId: string, clientId: string): Result<null>;
  peers(profileId: string): PeersView;
}
