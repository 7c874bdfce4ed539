import type { Result } from '../../src-shared/result.ts';

/**
 * The operating system's keychain. A value is durable when `write` resolves, replaces the old one as a whole,
 * and may be larger than one keychain entry. Failures: the `secret_store_*` codes. A failure deletes nothing.
 */
export interface SecretStore {
  read(name: string): Promise<Result<string | null>>;
  write(name: string, value: string): Promise<Result<null>>;
  remove(name: string): Promise<Result<null>>;
  /** Lets the system ask the person to unlock the keychain, and waits for that. The other calls do not unlock it. */
  unlock(): Promise<Result<null>>;
}

/** Several programs can serve as the keychain of one computer. None can read the entries of another. */
export interface KeychainProgram {
  /** The file name of the program that serves the keychain now. Null if it cannot be determined. */
  program(): Promise<string | null>;
}
