import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import keytar from 'keytar';
import { type KeychainEntries, readEntries } from '../../src-main/adapters/keychain/keychain-entries.ts';
import { type LicenseSecrets, parseSecrets } from '../../src-main/license/license-record.ts';
import { sessionKeyring } from './session-keyring.ts';

const service = 'Fusion License Console';
const entries: KeychainEntries = {
  getPassword: async (account) => {
    try {
      return await keytar.getPassword(service, account);
    } catch (thrown) {
      // The keyring may end when one of its clients is killed, and the system starts a new one. The module stays connected to the
      // first one, so another process has to ask.
      if (!/not provided by any|disconnected from message bus/.test(String(thrown))) throw thrown;
      return (await passwordsOf([account]))[account] ?? null;
    }
  },
  setPassword: (account, password) => keytar.setPassword(service, account, password),
  deletePassword: (account) => keytar.deletePassword(service, account),
};

/** The ids of the server profiles in a profile folder. */
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

/** The tokens of the only profile, read as the console reads them; null if there are none. Fails if they are incomplete. */
export async function storedLicense(userData: string): Promise<LicenseSecrets | null> {
  const text = await readEntries(entries, `license.${onlyProfileId(userData)}`);
  if (text === null) return null;
  const secrets = parseSecrets(text);
  if (!secrets) throw new Error('The keychain holds something that is no license');
  return secrets;
}

/**
 * Copies a profile folder's entries from the session's keychain to the keychain of another bus, as if the computer's disk had been
 * copied. A separate process does it, because the module stays connected to the first bus that it used.
 */
export async function copyKeychain(userData: string, busAddress: string): Promise<void> {
  const accounts = await storedAccounts(userData);
  const copies = await Promise.all(accounts.map(async (account) => [account, await entries.getPassword(account)]));
  const script = `import keytar from 'keytar';
    for (const [account, password] of JSON.parse(process.env.COPIES)) await keytar.setPassword(${JSON.stringify(service)}, account, password);`;
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: busAddress, COPIES: JSON.stringify(copies) };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
}

/** All refresh tokens in the session's keychain, from all consoles. */
export async function keptRefreshTokens(): Promise<readonly string[]> {
  const found = await allPasswords();
  const kept: KeychainEntries = {
    ...entries,
    // An entry that once could not be stored is missing from later listings, although it exists.
    getPassword: async (account) => found[account] ?? (await passwordsOf([account]))[account] ?? null,
  };
  const textsOf = async (kind: RegExp) => {
    const texts = await Promise.all(
      Object.keys(found)
        .filter((account) => kind.test(account))
        .map((name) => readEntries(kept, name)),
    );
    return texts.filter((text) => text !== null);
  };
  const ofLicenses = (await textsOf(/^license\.[^/]+$/)).map((text) => parseSecrets(text)?.refreshToken);
  const stillToEnd = (await textsOf(/^open-grants\.[^/]+$/)).flatMap((text) => {
    const { grants } = JSON.parse(text) as { readonly grants: readonly { readonly secrets: LicenseSecrets }[] };
    return grants.map(({ secrets }) => secrets.refreshToken);
  });
  return [...ofLicenses, ...stillToEnd].filter((token) => token !== undefined);
}

type Passwords = Readonly<Record<string, string | null>>;

/** All passwords, from one listing. If that fails because an entry was deleted or once could not be stored, reads each entry. */
async function allPasswords(): Promise<Passwords> {
  const listed = `(await keytar.findCredentials(service)).map(({ account, password }) => [account, password])`;
  try {
    return await askedElsewhere(listed);
  } catch (thrown) {
    if (!/No such secret item/.test(String(thrown))) throw thrown;
    return passwordsOf(await sessionKeyring.accountsOf(service));
  }
}

function passwordsOf(accounts: readonly string[]): Promise<Passwords> {
  const each = `await Promise.all(accounts.map(async (account) => [account, await keytar.getPassword(service, account)]))`;
  return askedElsewhere(each, accounts);
}

/** Runs in a separate process, which finds the current keyring. If the keyring hangs, only that process hangs. */
async function askedElsewhere(pairs: string, accounts: readonly string[] = []): Promise<Passwords> {
  const script = `import keytar from 'keytar';
    const { service, accounts } = JSON.parse(process.env.ASKED);
    process.stdout.write(JSON.stringify(Object.fromEntries(${pairs})));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, ASKED: JSON.stringify({ service, accounts }) },
    timeout: 10_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Passwords;
}

/** One part more than any value in these tests has. */
const partsLookedFor = [0, 1, 2, 3, 4];

/**
 * The names of all keychain entries of a profile folder's profiles. Each is read by name, because a listing fails if the console
 * deletes an entry at the same time.
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
