import type { Result } from '../../src-shared/result.ts';

/** The operating system's own service that sets the clock from the network. */
export interface TimeService {
  /** The command that starts it from a terminal, with the rights that it needs. */
  readonly command: string;
  /**
   * Starts the service, which then sets the clock. Never sets a time itself. The system may ask the person for a password meanwhile.
   * Failures: `time_service_refused` if this account may not start it, `time_service_not_started` otherwise.
   */
  start(): Promise<Result<null>>;
}
