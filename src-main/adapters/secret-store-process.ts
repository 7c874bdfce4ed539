/**
 * Runs in a process of its own: a frozen keyring holds the threads of whoever calls it, and this process can be killed.
 * One call at a time; an answer holds no error text of the system's, only what kind it was.
 */
import {
  DamagedEntriesError,
  type KeychainEntries,
  readEntries,
  removeEntries,
  writeEntries,
} from './keychain-entries.ts';
import { findClosedKeyring } from './linux-keyring.ts';
import type { SecretStoreAnswer, SecretStoreCall } from './secret-store-messages.ts';
import { secretStoreCode } from './secret-store-code.ts';

const service = 'Fusion License Console';

async function openKeychain(): Promise<KeychainEntries> {
  const { default: keytar } = await import('keytar');
  return {
    getPassword: (account) => keytar.getPassword(service, account),
    setPassword: (account, password) => keytar.setPassword(service, account, password),
    deletePassword: (account) => keytar.deletePassword(service, account),
  };
}

let keychain: Promise<KeychainEntries> | null = null;

async function answer(call: SecretStoreCall): Promise<SecretStoreAnswer> {
  try {
    // Without this a locked keyring would put the system's own prompt on the screen in the middle of something else.
    const closed = call.operation === 'unlock' ? null : await findClosedKeyring();
    if (closed) return { id: call.id, ok: false, code: closed };
    keychain ??= openKeychain();
    return { id: call.id, ok: true, value: await perform(call, await keychain) };
  } catch (thrown) {
    const damaged = thrown instanceof DamagedEntriesError;
    return { id: call.id, ok: false, code: damaged ? 'secret_store_damaged' : secretStoreCode(thrown) };
  }
}

async function perform(call: SecretStoreCall, entries: KeychainEntries): Promise<string | null> {
  switch (call.operation) {
    case 'read':
      return readEntries(entries, call.name);
    case 'write':
      await writeEntries(entries, call.name, call.value ?? '');
      return null;
    case 'remove':
      await removeEntries(entries, call.name);
      return null;
    case 'unlock':
      // Writing is what makes every system ask its person to unlock.
      await entries.setPassword(call.name, 'unlock');
      await entries.deletePassword(call.name);
      return null;
  }
}

process.parentPort.on('message', ({ data }: { data: SecretStoreCall }) => {
  void answer(data).then((reply) => process.parentPort.postMessage(reply));
});
