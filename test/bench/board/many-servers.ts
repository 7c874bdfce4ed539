import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { z } from 'zod';
import { reportedServer } from '../../console/board-rows.ts';

const service = 'Fusion License Console';
/** One in so many of the further servers holds no license: a new store, or one that was closed. */
const unlicensedEvery = 20;
const isLicensed = (number: number) => number % unlicensedEvery !== 0;
/** More parts than a license in the keychain has. */
const mostParts = 5;

const settingsSchema = z.looseObject({ profiles: z.record(z.string(), z.looseObject({ serverName: z.string() })) });

/**
 * A copy of the folder of a licensed console that knows `count` servers at the same Authorization server: the licensed one, and copies
 * of it. Nearly all copies hold a license, with its tokens in the keychain; one in twenty only knows its Authorization server.
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
    settings.profiles[copy] = { ...profile, serverName: `Store ${String(number).padStart(3, '0')} of the bench` };
    copyDocuments(folder, id, copy, isLicensed(number));
    // One after the other: a keyring writes all of its entries for each new one.
    if (isLicensed(number))
      for (const [account, secret] of entries) await keytar.setPassword(service, account.replace(id, copy), secret);
  }
  for (const name of ['settings', 'settings.copy'])
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(settings));
}

/** Adds servers without a profile, which have reported to this console: those of a few organizations, under a few hub servers. */
export function addReportedServers(folder: string, count: number): void {
  const rows = Array.from({ length: count }, (_, nth) => {
    const row = reportedServer(`reported-${nth}`, `Store ${nth} that reported`, 30 + nth);
    const hub = { serverId: `corporate-${nth % 7}`, name: `Corporate ${nth % 7}` };
    return [row.id, { ...row, organization: `Organization ${nth % 10}`, hub }] as const;
  });
  const document = { version: 1, rows: Object.fromEntries(rows) };
  writeFileSync(join(folder, 'reported-servers.json'), JSON.stringify(document));
}

/** Deletes what {@link makeManyServers} put into the keychain. */
export async function forgetManyServers(count: number): Promise<void> {
  for (let number = 2; number <= count; number += 1)
    if (isLicensed(number))
      for (const account of accountsOf(`copy-${number}`)) await keytar.deletePassword(service, account);
}

function copyDocuments(folder: string, id: string, copy: string, hasLicense: boolean): void {
  for (const name of readdirSync(folder)) {
    if (!name.includes(id)) continue;
    if (!hasLicense && !name.startsWith('authorization-server.')) continue;
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
