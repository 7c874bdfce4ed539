import type { FailureCode } from '../../src-shared/failure-codes.ts';

/** From main to the process that holds the keychain. */
export interface SecretStoreCall {
  readonly id: number;
  readonly operation: 'read' | 'write' | 'remove' | 'unlock' | 'program';
  readonly name: string;
  readonly value?: string;
}

export type SecretStoreAnswer =
  | { readonly id: number; readonly ok: true; readonly value: string | null }
  | { readonly id: number; readonly ok: false; readonly code: FailureCode };

/** Sent again and again while a call waits and the keychain answers other questions. It is most likely asking its person. */
export interface SecretStoreSign {
  readonly id: number;
  readonly isAlive: true;
}
