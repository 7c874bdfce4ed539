import { beforeEach, describe, expect, it } from 'vitest';
import { DeniedEntries } from '../../../../../src-main/adapters/keychain/denied-entries.ts';
import {
  LockedEntryError,
  readEntries,
  removeEntries,
  writeEntries,
} from '../../../../../src-main/adapters/keychain/keychain-entries.ts';
import { MemoryKeychain } from '../../../../fakes/memory-keychain.ts';

/** A keychain that asks the person for each locked entry. A denied entry looks absent, as with the keychain module. */
class AskingKeychain extends MemoryKeychain {
  asked: string[] = [];
  allows = false;
  readonly locked = new Set<string>();

  override async getPassword(account: string): Promise<string | null> {
    return this.#isAllowed(account) ? super.getPassword(account) : null;
  }

  override async deletePassword(account: string): Promise<boolean> {
    return this.#isAllowed(account) && super.deletePassword(account);
  }

  #isAllowed(account: string): boolean {
    if (!this.locked.has(account)) return true;
    this.asked.push(account);
    if (this.allows) this.locked.delete(account);
    return this.allows;
  }
}

let keychain: AskingKeychain;
let entries: DeniedEntries;
beforeEach(async () => {
  keychain = new AskingKeychain();
  await writeEntries(keychain, 'n', 'x'.repeat(4_000));
  for (const account of keychain.entries.keys()) keychain.locked.add(account);
  entries = new DeniedEntries(keychain, async (account) => keychain.locked.has(account));
});

describe('a keychain that asks the person for each entry', () => {
  it('reports a denied entry as locked, changes nothing, and asks again only after askAgain', async () => {
    const before = new Map(keychain.entries);
    await expect(readEntries(entries, 'n')).rejects.toThrow(LockedEntryError);
    expect(keychain.asked).toEqual(['n']);
    for (const call of [readEntries(entries, 'n'), writeEntries(entries, 'n', 'new'), removeEntries(entries, 'n')])
      await expect(call).rejects.toThrow(LockedEntryError);
    expect(keychain.asked).toEqual(['n']);
    expect(keychain.entries).toEqual(before);
    keychain.allows = true;
    entries.askAgain();
    expect(await readEntries(entries, 'n')).toBe('x'.repeat(4_000));
  });

  it('returns an entry without a question after it was unlocked in the keychain', async () => {
    await expect(readEntries(entries, 'n')).rejects.toThrow(LockedEntryError);
    keychain.locked.clear();
    expect(await readEntries(entries, 'n')).toBe('x'.repeat(4_000));
    expect(keychain.asked).toEqual(['n']);
  });

  it('asks once for an allowed entry, and reports a missing entry as absent', async () => {
    keychain.allows = true;
    expect(await readEntries(entries, 'n')).toBe('x'.repeat(4_000));
    expect(new Set(keychain.asked).size).toBe(keychain.asked.length);
    expect(await readEntries(entries, 'other')).toBeNull();
    await removeEntries(entries, 'n');
    expect(keychain.entries.size).toBe(0);
  });
});
