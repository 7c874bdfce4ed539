/**
 * Runs in a separate process that can be killed, because a keyring that hangs blocks the threads of its caller.
 * Takes one call at a time. A failed call is answered with a failure code, never with the system's error text.
 */
import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { DeniedEntries } from './denied-entries.ts';
import {
  ClosedEntryError,
  DamagedEntriesError,
  type KeychainEntries,
  LockedEntryError,
  readEntries,
  removeEntries,
  writeEntries,
} from './keychain-entries.ts';
import { isKeychainDiskFull } from './keychain-room.ts';
import { doesKeyringAnswer, findClosedKeyring, findKeyringProgram, isEntryLocked } from './linux-keyring.ts';
import type { SecretStoreAnswer, SecretStoreCall, SecretStoreSign } from './secret-store-messages.ts';
import { secretStoreCode } from './secret-store-code.ts';
import { whileAlive } from './signs-of-life.ts';

const service = 'Fusion License Console';

async function openKeychain(): Promise<DeniedEntries> {
  const { default: keytar } = await import('keytar');
  const entries: KeychainEntries = {
    getPassword: (account) => keytar.getPassword(service, account),
    setPassword: (account, password) => keytar.setPassword(service, account, password),
    deletePassword: (account) => keytar.deletePassword(service, account),
  };
  return new DeniedEntries(entries, (account) => isEntryLocked({ service, account }));
}

const promptless: ReadonlySet<SecretStoreCall['operation']> = new Set(['read', 'write', 'remove']);

let keychain: Promise<DeniedEntries> | null = null;

async function answer(call: SecretStoreCall): Promise<SecretStoreAnswer> {
  try {
    // Without this check a locked keyring would show the system's prompt while the person is busy with something else.
    const closed = promptless.has(call.operation) ? await findClosedKeyring() : null;
    if (closed) return { id: call.id, ok: false, code: closed };
    keychain ??= openKeychain();
    const work = perform(call, await keychain);
    return { id: call.id, ok: true, value: await whileAlive(work, doesKeyringAnswer, () => sayAlive(call.id)) };
  } catch (thrown) {
    return { id: call.id, ok: false, code: await codeOf(thrown, call) };
  }
}

async function codeOf(thrown: unknown, { operation }: SecretStoreCall): Promise<FailureCode> {
  if (thrown instanceof DamagedEntriesError) return 'secret_store_damaged';
  if (thrown instanceof ClosedEntryError) return 'secret_store_password_changed';
  if (thrown instanceof LockedEntryError) return (await findClosedKeyring()) ?? 'secret_store_locked';
  // The keyring's state does not depend on the person's language. The error text is read only if the state explains nothing.
  const code = (await findClosedKeyring()) ?? secretStoreCode(thrown);
  const full = code === 'secret_store_refused' && operation !== 'read' && (await isKeychainDiskFull());
  return full ? 'secret_store_full' : code;
}

async function perform(call: SecretStoreCall, entries: DeniedEntries): Promise<string | null> {
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
      entries.askAgain();
      // On every system a write makes the keychain ask the person to unlock it.
      await entries.setPassword(call.name, 'unlock');
      await entries.deletePassword(call.name);
      return null;
    case 'program':
      return findKeyringProgram();
  }
}

function sayAlive(id: number): void {
  process.parentPort.postMessage({ id, isAlive: true } satisfies SecretStoreSign);
}

process.parentPort.on('message', ({ data }: { data: SecretStoreCall }) => {
  void answer(data).then((reply) => process.parentPort.postMessage(reply));
});
