import type { FailureCode } from '../../../src-shared/failure-codes.ts';

/** For each failure code, the error texts of libsecret and its keyrings, the macOS keychain and the Windows credential store. */
const sayings: readonly (readonly [FailureCode, RegExp])[] = [
  [
    // Windows: NTE_BAD_KEY_STATE, NTE_BAD_DATA, ERROR_DECRYPTION_FAILED; macOS: errSecAuthFailed.
    'secret_store_password_changed',
    /passphrase you entered is not correct|Authentication (failed|error)|not valid for use in specified state|^Bad Data|could not be decrypted|decryption failed|password (was |is )?(incorrect|invalid|not correct)/i,
  ],
  ['secret_store_locked', /locked|dismissed|User interaction is not allowed|IsLocked/i],
  [
    // Windows reports "memory" or "storage" when an account has reached its limit of credentials.
    'secret_store_full',
    /disk (is )?full|not enough (space|memory|storage|quota|disk)|no space left|out of (disk )?space|quota (was |has been )?exceeded|insufficient (system resources|memory available on the device|disk space)/i,
  ],
  [
    'secret_store_missing',
    /not provided by any|disconnected from message bus|autolaunch|Cannot connect|Could not connect|No such (file|secret collection)|ServiceUnknown|Cannot find module|keychain could not be found/i,
  ],
];

/** The failure code for a keychain error, by its text. `secret_store_refused` for an unknown text. */
export function secretStoreCode(thrown: unknown): FailureCode {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return sayings.find(([, saying]) => saying.test(text))?.[0] ?? 'secret_store_refused';
}
