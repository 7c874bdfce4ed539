import type { AdministratorNoticeState } from '../../src-shared/notifications/alert.ts';
import type { Result } from '../../src-shared/result.ts';

/** A notification in the form for an administrator's program. It holds no token. Instants are ISO 8601, UTC. */
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
  /** The path of the file that sets it. */
  readonly file: string;
  /** Reads the file again. */
  read(): AdministratorNoticeState;
  /** Hands the event to the command and the address. Failure: `administrator_not_told` if one of them did not accept it. */
  send(event: AdministratorEvent): Promise<Result<null>>;
}
