import type { FailureCode } from '../../../src-shared/failure-codes.ts';

/** A call from main to the keychain process. */
export interface SecretStoreCall {
  readonly id: number;
  readonly operation: 'read' | 'write' | 'remove' | 'unlock' | 'program';
  readonly name: string;
  readonly value?: string;
}

export type SecretStoreAnswer =
  | { readonly id: number; readonly ok: true; readonly value: string | null }
  | { readonly id: number; readonly ok: false; readonly code: FailureCode };

/** Sent repeatedly while a call waits and the keychain answers other calls. The keychain is then most likely waiting for the person. */
export interface SecretStoreSign {
  readonly id: number;
  readonly isAlive: true;
}
