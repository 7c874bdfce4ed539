import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { type KeychainEntries, readEntries } from '../../src-main/adapters/keychain-entries.ts';
import { type LicenseSecrets, parseSecrets } from '../../src-main/license/license-record.ts';

const service = 'Fusion License Console';
const entries: KeychainEntries = {
  getPassword: (account) => keytar.getPassword(service, account),
  setPassword: (account, password) => keytar.setPassword(service, account, password),
  deletePassword: (account) => keytar.deletePassword(service, account),
};

/** The server profiles that a profile folder holds. */
export function profileIds(userData: string): string[] {
  const settings = JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8')) as {
    profiles: Record<string, unknown>;
  };
  return Object.keys(settings.profiles);
}

export function onlyProfileId(userData: string): string {
  const [id, ...more] = profileIds(userData);
  if (id === undefined || more.length > 0) throw new Error(`Not one profile but ${more.length + (id ? 1 : 0)}`);
  return id;
}

/** The tokens of the only profile, as the console itself reads them; null where there are none. Fails where they are not whole. */
export async function storedLicense(userData: string): Promise<LicenseSecrets | null> {
  const text = await readEntries(entries, `license.${onlyProfileId(userData)}`);
  if (text === null) return null;
  const secrets = parseSecrets(text);
  if (!secrets) throw new Error('The keychain holds something that is no license');
  return secrets;
}

/** One more than any value of these tests needs. */
const partsLookedFor = [0, 1, 2, 3, 4];

/**
 * The names of everything that a profile folder's profiles have in the keychain. Each is asked for by name: a listing breaks
 * where the console deletes an entry meanwhile.
 */
export async function storedAccounts(userData: string): Promise<string[]> {
  const values = profileIds(userData).flatMap((id) => [`license.${id}`, `probe.${id}`]);
  const parts = ['a', 'b'].flatMap((generation) => partsLookedFor.map((part) => `/${generation}/${part}`));
  const found: string[] = [];
  for (const account of values.flatMap((value) => ['', ...parts].map((part) => value + part))) {
    if ((await entries.getPassword(account)) !== null) found.push(account);
  }
  return found;
}
