import type { FailureCode } from '../../src-shared/failure-codes.ts';

/** What a keychain error means, from the words of libsecret, the macOS keychain and the Windows credential store. */
export function secretStoreCode(thrown: unknown): FailureCode {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (/locked|dismissed|User interaction is not allowed|passphrase|IsLocked/i.test(text)) return 'secret_store_locked';
  if (
    /not provided by any|autolaunch|Cannot connect|Could not connect|No such (file|secret collection)|ServiceUnknown|Cannot find module|keychain could not be found/i.test(
      text,
    )
  ) {
    return 'secret_store_missing';
  }
  return 'secret_store_refused';
}
