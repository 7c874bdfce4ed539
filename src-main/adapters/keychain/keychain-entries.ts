import { createHash } from 'node:crypto';

/** The keychain as keytar presents it: short strings under an account name. */
export interface KeychainEntries {
  getPassword(account: string): Promise<string | null>;
  setPassword(account: string, password: string): Promise<void>;
  deletePassword(account: string): Promise<boolean>;
}

/** The length of one entry in characters of base64url, one byte each. Windows limits a credential to 2,560 bytes. */
const entryCapacity = 2000;
/** No value of this console needs nearly as many entries. A pointer with a larger number is damaged. */
const maxEntries = 100;

interface Pointer {
  readonly generation: 'a' | 'b';
  readonly entries: number;
  readonly sha256: string;
}

/** The kept value is not complete, or its pointer is damaged. */
export class DamagedEntriesError extends Error {}

/** The keychain works, but an entry that is there cannot be read: it was encrypted under an earlier password of this account. */
export class ClosedEntryError extends Error {}

/** The entry may be there, but the person did not allow access to it. It does not count as absent. */
export class LockedEntryError extends Error {}

/**
 * Reads a value that may be split over several entries. Throws {@link DamagedEntriesError}, {@link ClosedEntryError} or
 * {@link LockedEntryError}.
 * Values alternate between two generations of entries. A new value becomes current by one write of its pointer, so a kill at any
 * moment leaves either the old value or the new one.
 */
export async function readEntries(keychain: KeychainEntries, name: string): Promise<string | null> {
  const pointer = parsePointer(await readEntry(keychain, name));
  if (pointer === null) return null;
  let encoded = '';
  for (let index = 0; index < pointer.entries; index += 1) {
    encoded += (await readEntry(keychain, entryName(name, pointer.generation, index))) ?? '';
  }
  if (sha256(encoded) !== pointer.sha256) throw new DamagedEntriesError();
  return Buffer.from(encoded, 'base64url').toString('utf8');
}

/** Replaces the value. Throws `RangeError` if it is empty or needs more than {@link maxEntries}. The old value then stays. */
export async function writeEntries(keychain: KeychainEntries, name: string, value: string): Promise<void> {
  const current = await currentPointer(keychain, name);
  const generation = current?.generation === 'a' ? 'b' : 'a';
  const encoded = Buffer.from(value, 'utf8').toString('base64url');
  const entries = Math.ceil(encoded.length / entryCapacity);
  // Check before the first write: a value that could not be read back must change nothing.
  if (entries < 1 || entries > maxEntries) throw new RangeError('value too large');
  for (let index = 0; index < entries; index += 1) {
    const part = encoded.slice(index * entryCapacity, (index + 1) * entryCapacity);
    await keychain.setPassword(entryName(name, generation, index), part);
  }
  const pointer: Pointer = { generation, entries, sha256: sha256(encoded) };
  await keychain.setPassword(name, JSON.stringify(pointer));
  await deleteFrom(keychain, name, generation, entries);
  await deleteFrom(keychain, name, generation === 'a' ? 'b' : 'a', 0);
}

/** Deletes the pointer first. From then on there is no value, whatever entries a kill leaves. */
export async function removeEntries(keychain: KeychainEntries, name: string): Promise<void> {
  await keychain.deletePassword(name);
  await deleteFrom(keychain, name, 'a', 0);
  await deleteFrom(keychain, name, 'b', 0);
}

/** Null for a pointer that is damaged or can no longer be read, so that a new value can still be written. */
async function currentPointer(keychain: KeychainEntries, name: string): Promise<Pointer | null> {
  try {
    return parsePointer(await readEntry(keychain, name));
  } catch (thrown) {
    if (thrown instanceof DamagedEntriesError || thrown instanceof ClosedEntryError) return null;
    throw thrown;
  }
}

/**
 * Reads one entry. The system explains a refusal only in the person's language. So after a refusal this tries another entry, and
 * then this one again. If the keychain works except for this entry, it throws a {@link ClosedEntryError}.
 */
async function readEntry(keychain: KeychainEntries, account: string): Promise<string | null> {
  try {
    return await keychain.getPassword(account);
  } catch (thrown) {
    // The probe would ask a person who has just denied access.
    if (thrown instanceof LockedEntryError || !(await works(keychain, `${account}/probe`))) throw thrown;
  }
  try {
    return await keychain.getPassword(account);
  } catch (thrown) {
    throw new ClosedEntryError('', { cause: thrown });
  }
}

async function works(keychain: KeychainEntries, probe: string): Promise<boolean> {
  try {
    await keychain.setPassword(probe, 'probe');
    const isKept = (await keychain.getPassword(probe)) === 'probe';
    await keychain.deletePassword(probe);
    return isKept;
  } catch {
    return false;
  }
}

async function isThere(keychain: KeychainEntries, account: string): Promise<boolean> {
  try {
    return (await readEntry(keychain, account)) !== null;
  } catch (thrown) {
    if (thrown instanceof ClosedEntryError) return true;
    throw thrown;
  }
}

/** Deletes the last entry first. The entries that a kill leaves then have no gap, so the next change finds all of them. */
async function deleteFrom(
  keychain: KeychainEntries,
  name: string,
  generation: 'a' | 'b',
  first: number,
): Promise<void> {
  let end = first;
  while (end < maxEntries && (await isThere(keychain, entryName(name, generation, end)))) end += 1;
  for (let index = end - 1; index >= first; index -= 1) {
    await keychain.deletePassword(entryName(name, generation, index));
  }
}

function parsePointer(text: string | null): Pointer | null {
  if (text === null) return null;
  try {
    const pointer = JSON.parse(text) as Partial<Pointer>;
    const { generation, entries, sha256: digest } = pointer;
    const whole = (generation === 'a' || generation === 'b') && Number.isInteger(entries) && typeof digest === 'string';
    if (whole && entries !== undefined && entries >= 1 && entries <= maxEntries)
      return { generation, entries, sha256: digest };
  } catch {
    // Thrown below.
  }
  throw new DamagedEntriesError();
}

function entryName(name: string, generation: string, index: number): string {
  return `${name}/${generation}/${index}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
