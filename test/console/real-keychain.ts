import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import keytar from 'keytar';
import { type KeychainEntries, readEntries } from '../../src-main/adapters/keychain-entries.ts';
import { type LicenseSecrets, parseSecrets } from '../../src-main/license/license-record.ts';

const service = 'Fusion License Console';
const entries: KeychainEntries = {
  getPassword: async (account) => {
    try {
      return await keytar.getPassword(service, account);
    } catch (thrown) {
      // The keyring ended, as it may where whoever asked it was killed, and the system starts it anew: the module keeps to the one that it first spoke to.
      if (!/not provided by any|disconnected from message bus/.test(String(thrown))) throw thrown;
      return readInAnotherProcess(account);
    }
  },
  setPassword: (account, password) => keytar.setPassword(service, account, password),
  deletePassword: (account) => keytar.deletePassword(service, account),
};

async function readInAnotherProcess(account: string): Promise<string | null> {
  const script = `import keytar from 'keytar';
    process.stdout.write(JSON.stringify(await keytar.getPassword(${JSON.stringify(service)}, process.env.ACCOUNT)));`;
  const env = { ...process.env, ACCOUNT: account };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
  return JSON.parse(stdout) as string | null;
}

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

/**
 * What a profile folder has in the session's keychain, put into the keychain of another bus: as on a computer whose disk was
 * copied. Another process does it, since the module keeps to the bus that it first spoke to.
 */
export async function copyKeychain(userData: string, busAddress: string): Promise<void> {
  const accounts = await storedAccounts(userData);
  const copies = await Promise.all(accounts.map(async (account) => [account, await entries.getPassword(account)]));
  const script = `import keytar from 'keytar';
    for (const [account, password] of JSON.parse(process.env.COPIES)) await keytar.setPassword(${JSON.stringify(service)}, account, password);`;
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: busAddress, COPIES: JSON.stringify(copies) };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
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
