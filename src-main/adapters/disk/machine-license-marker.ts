import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/mini';
import { editions } from '../../../src-shared/servers/server-profile.ts';
import { shownText } from '../../../src-shared/text/shown-text.ts';
import type { LicenseMarker, LicenseMarkers, MarkedServer, OtherMarkers } from '../../license/license-marker.ts';
import { isAbsent, systemCode } from '../../files/file-trouble.ts';
import { renameOver } from '../../files/replace-file.ts';
import type { AccountOf } from '../computer/os-account.ts';

const maxMarkers = 100;
/** A folder with more entries was filled on purpose, to slow down its readers. */
const maxLookedAt = 10_000;
const maxBytes = 64 * 1024;
const maxServers = 20;
const fileName = /^[0-9a-f]{32}\.json$/;

const text = z.string().check(z.minLength(1), z.maxLength(200));
const markerSchema = z.object({
  version: z.literal(1),
  osUser: text,
  servers: z
    .array(
      z.object({
        issuer: z.string().check(z.maxLength(2000)),
        serverId: z.string().check(z.maxLength(2000)),
        serverName: text,
        edition: z.enum(editions),
        profileId: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
      }),
    )
    .check(z.minLength(1), z.maxLength(maxServers)),
});

/** The folder that all accounts of this computer share, by operating system. On Linux the package creates it. */
export function machineFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Fusion License Console');
  return platform === 'darwin' ? '/Users/Shared/Fusion License Console' : '/var/lib/fusion-license-console';
}

/** The folder that all accounts share. `accountOf` finds the account that owns a file in it. It is null if owners cannot be checked. */
export interface MachineFolder {
  readonly path: string;
  readonly accountOf: AccountOf | null;
}

/**
 * One JSON file per account, in a folder that all accounts may write to. The files of other accounts are not trusted until they
 * are parsed: only regular files of bounded size are read, and no link is followed. This account's file is replaced in one step,
 * and never through a link.
 */
export class MachineLicenseMarkers implements LicenseMarkers {
  readonly #folder: string;
  readonly #accountOf: AccountOf | null;
  readonly #osUser: string;
  readonly #mayMakeFolder: boolean;

  constructor({ path, accountOf }: MachineFolder, osUser: string, mayMakeFolder = process.platform !== 'linux') {
    this.#folder = path;
    this.#accountOf = accountOf;
    this.#osUser = osUser;
    this.#mayMakeFolder = mayMakeFolder;
  }

  async readOthers(): Promise<OtherMarkers> {
    const markers: LicenseMarker[] = [];
    const names = await this.#names();
    let isUnread = names === 'unread';
    for (const name of names === 'unread' ? [] : names) {
      const found = await readMarker(join(this.#folder, name));
      if (found === 'unread') isUnread = true;
      // A file counts only for the account that its name is derived from, and only if that account owns it.
      if (
        !found ||
        found === 'unread' ||
        nameOf(found.marker.osUser) !== name ||
        !(await this.#isOf(found.uid, found.marker.osUser))
      )
        continue;
      markers.push(cleaned(found.marker));
    }
    return { markers, isUnread };
  }

  async #isOf(uid: number, osUser: string): Promise<boolean> {
    return this.#accountOf === null || (await this.#accountOf(uid)) === osUser;
  }

  async keepOwn(servers: readonly MarkedServer[]): Promise<boolean> {
    const path = join(this.#folder, nameOf(this.#osUser));
    try {
      if (servers.length === 0) {
        await rm(path, { force: true });
        return true;
      }
      await this.#makeFolder();
      const marker = { version: 1, osUser: this.#osUser, servers: servers.slice(0, maxServers) };
      await replace(path, JSON.stringify(marker));
      return true;
    } catch {
      return false;
    }
  }

  async #names(): Promise<readonly string[] | 'unread'> {
    const names: string[] = [];
    const own = nameOf(this.#osUser);
    let lookedAt = 0;
    try {
      for await (const { name } of await opendir(this.#folder)) {
        if (fileName.test(name) && name !== own) names.push(name);
        lookedAt += 1;
        if (names.length === maxMarkers || lookedAt === maxLookedAt) break;
      }
    } catch (thrown) {
      // If there is no folder, there are no markers.
      if (cannotLook(thrown)) return 'unread';
    }
    return names.toSorted();
  }

  async #makeFolder(): Promise<void> {
    if (!this.#mayMakeFolder) return;
    const made = await mkdir(this.#folder, { recursive: true });
    // Sticky: every account may add its own file, and change no other.
    if (made !== undefined) await chmod(this.#folder, 0o1777);
  }
}

const nameOf = (osUser: string): string =>
  `${createHash('sha256').update(osUser.toLowerCase()).digest('hex').slice(0, 32)}.json`;

async function replace(path: string, content: string): Promise<void> {
  const fresh = `${path}.${randomBytes(8).toString('hex')}.new`;
  try {
    const file = await open(fresh, 'wx', 0o644);
    try {
      await file.writeFile(content);
      // Other accounts must be able to read the file, whatever this account's umask is.
      await file.chmod(0o644);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(fresh, path);
  } catch (thrown) {
    await rm(fresh, { force: true });
    throw thrown;
  }
}

/** True if the system did not let this account look: something may be there. The console makes no links, so a link is not read. */
function cannotLook(thrown: unknown): boolean {
  const code = systemCode(thrown);
  return code !== '' && code !== 'ELOOP' && !isAbsent(thrown);
}

interface FoundMarker {
  readonly marker: LicenseMarker;
  readonly uid: number;
}

/** Null if the file is not a marker of an account. */
async function readMarker(path: string): Promise<FoundMarker | 'unread' | null> {
  try {
    if (!(await lstat(path)).isFile()) return null;
    // Windows has neither flag. There the `lstat` above must do.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const file = await open(path, flags);
    try {
      const found = await file.stat();
      if (found.size > maxBytes || !found.isFile()) return null;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
      const parsed = markerSchema.safeParse(JSON.parse(buffer.subarray(0, bytesRead).toString('utf8')));
      return parsed.success ? { marker: parsed.data, uid: found.uid } : null;
    } finally {
      await file.close();
    }
  } catch (thrown) {
    return cannotLook(thrown) ? 'unread' : null;
  }
}

/** Cleans the texts, because another account wrote them and the console shows them in sentences. */
function cleaned({ osUser, servers }: LicenseMarker): LicenseMarker {
  const plain = (value: string) => shownText(value) || '?';
  return {
    osUser: plain(osUser),
    servers: servers.map((server) => ({ ...server, serverName: plain(server.serverName) })),
  };
}
