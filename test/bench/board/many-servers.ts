import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { z } from 'zod';

const service = 'Fusion License Console';
/** One in this many of the further servers holds a license. */
const licensedEvery = 5;
/** More parts than a license in the keychain has. */
const mostParts = 5;

const settingsSchema = z.looseObject({ profiles: z.record(z.string(), z.looseObject({ serverName: z.string() })) });

/**
 * A copy of the folder of a licensed console that knows `count` servers at the same Authorization server: the licensed one, and copies
 * of it. One in five copies holds a license, with its tokens in the keychain; the others only know their Authorization server.
 */
export async function makeManyServers(licensed: string, folder: string, count: number): Promise<void> {
  cpSync(licensed, folder, { recursive: true, filter: (path) => !/Singleton/.test(path) });
  const settings = settingsSchema.parse(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')));
  const [first] = Object.entries(settings.profiles);
  if (!first) throw new Error('The licensed console has no server');
  const [id, profile] = first;
  const entries = await keychainEntriesOf(id);
  for (let number = 2; number <= count; number += 1) {
    const copy = `copy-${number}`;
    const isLicensed = number % licensedEvery === 0;
    settings.profiles[copy] = { ...profile, serverName: `Store ${String(number).padStart(3, '0')} of the bench` };
    copyDocuments(folder, id, copy, isLicensed);
    // One after the other, because a keyring writes all of its entries for each new one.
    if (isLicensed)
      for (const [account, secret] of entries) await keytar.setPassword(service, account.replace(id, copy), secret);
  }
  for (const name of ['settings', 'settings.copy'])
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(settings));
}

/** Deletes what {@link makeManyServers} put into the keychain. */
export async function forgetManyServers(count: number): Promise<void> {
  for (let number = 2; number <= count; number += 1)
    if (number % licensedEvery === 0)
      for (const account of accountsOf(`copy-${number}`)) await keytar.deletePassword(service, account);
}

function copyDocuments(folder: string, id: string, copy: string, isLicensed: boolean): void {
  for (const name of readdirSync(folder)) {
    if (!name.includes(id)) continue;
    if (!isLicensed && !name.startsWith('authorization-server.')) continue;
    cpSync(join(folder, name), join(folder, name.replace(id, copy)));
  }
  if (!existsSync(join(folder, `authorization-server.${copy}.json`))) throw new Error(`Nothing was copied for ${copy}`);
}

function accountsOf(id: string): readonly string[] {
  const parts = Array.from({ length: mostParts }, (_, part) => [`a/${part}`, `b/${part}`]).flat();
  return [`license.${id}`, ...parts.map((part) => `license.${id}/${part}`)];
}

async function keychainEntriesOf(id: string): Promise<readonly (readonly [account: string, secret: string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const account of accountsOf(id)) {
    const secret = await keytar.getPassword(service, account);
    if (secret !== null) found.push([account, secret]);
  }
  if (found.length === 0) throw new Error('The licensed console has nothing in the keychain');
  return found;
}
