import type { AdministratorNoticeState } from '../../src-shared/alert.ts';
import type { Result } from '../../src-shared/result.ts';

/** What a person is told, for people away from the store. It holds no token. Instants are ISO 8601, UTC. */
export interface AdministratorEvent {
  readonly version: 1;
  readonly event: string;
  readonly server: { readonly name: string; readonly edition: string; readonly serverId?: string };
  readonly title: string;
  readonly text: string;
  readonly stopsAt?: string;
  readonly at: string;
  readonly code?: string;
}

/** The command or the address that an administrator has set for the whole computer. */
export interface AdministratorNotice {
  /** Where it is set. */
  readonly file: string;
  /** Reads the file anew. */
  read(): AdministratorNoticeState;
  /** Hands the event to the command and the address. Failure: `administrator_not_told`, where one of them did not take it. */
  tell(event: AdministratorEvent): Promise<Result<null>>;
}
