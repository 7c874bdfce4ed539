import { failure } from '../../../src-shared/result.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { failed, ok, type ServerCheck } from '../preflight-check.ts';

/** Whether the keychain can store a value and whether it holds the tokens. The test value is deleted again. */
export const keychain: ServerCheck = {
  async check({ server: { license } }) {
    const probed = await license.probeKeychain();
    if (!probed.ok) return failed(probed.failure);
    const held = await license.readSecrets();
    if (!held.ok) return failed(held.failure);
    if (license.record && !held.value) return failed(failure('secret_store_damaged'));
    return ok(held.value ? preflightWords.keychainHolds : preflightWords.keychainWorks);
  },
};
