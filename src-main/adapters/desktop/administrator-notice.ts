import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import type { AdministratorNoticeRefusal, AdministratorNoticeState } from '../../../src-shared/alert.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { shownJson } from '../../../src-shared/shown-text.ts';
import { lookAt } from '../../files/file-trouble.ts';
import type { AdministratorNotice } from '../../notifications/administrator-notice.ts';
import type { Http } from '../../ports/http.ts';
import type { Log } from '../../ports/log.ts';
import { withUmaskOfStart } from '../disk/own-rights.ts';

/** A command that runs longer is killed. */
export const commandLimitMs = 10_000;
const addressLimitMs = 10_000;
const largestFileBytes = 64 * 1024;

const text = z.string().check(z.minLength(1), z.maxLength(4000), z.regex(/^[^\0]+$/));
const settingsSchema = z.object({
  notify: z
    .object({
      command: z.optional(z.array(text).check(z.minLength(1), z.maxLength(100))),
      url: z.optional(text),
    })
    .check(z.refine(({ command, url }) => command !== undefined || url !== undefined)),
});
type Settings = z.infer<typeof settingsSchema>['notify'];
type Reading = { readonly state: AdministratorNoticeState; readonly settings: Settings | null };

/** Where the file is, and who may own it: root, whose id is 0, unless this is a test. */
export interface AdministratorNoticePlace {
  readonly file: string;
  readonly owner: number;
}

/**
 * Reads the file and hands events to the command and the address in it. A file that ordinary users can write is refused, because
 * its command would run with the rights of every account that uses the console.
 */
export function createAdministratorNotice(
  place: AdministratorNoticePlace,
  http: Http,
  log: Log,
  limitMs = commandLimitMs,
): AdministratorNotice {
  let reading: Reading = readPlace(place);
  // If only one of command and address took an event, the next attempt goes to the other one only.
  const taken = new Set<string>();
  const once = async (way: string, body: string, hand: () => Promise<boolean>): Promise<boolean> => {
    const name = `${way} ${body}`;
    if (taken.has(name)) return true;
    const isTaken = await hand();
    if (isTaken) taken.add(name);
    return isTaken;
  };
  return {
    file: place.file,
    read() {
      reading = readPlace(place);
      return reading.state;
    },
    async tell(event): Promise<Result<null>> {
      const { command, url } = reading.settings ?? {};
      const body = shownJson(event);
      const told = await Promise.all([
        command
          ? once('command', body, () =>
              log.step(
                'notifications',
                'administrator_command',
                {},
                () => run(command, body, limitMs),
                (ok) => ({ ok }),
              ),
            )
          : true,
        url ? once('url', body, () => post(http, url, body)) : true,
      ]);
      if (!told.every(Boolean)) return fail('administrator_not_told');
      for (const way of ['command', 'url']) taken.delete(`${way} ${body}`);
      return succeed(null);
    },
  };
}

/**
 * Where an administrator puts the file on this system. On Windows it is not below ProgramData. There any account may create a
 * folder and, as its owner, deny all others write access, so that the folder looks like an administrator's.
 */
export function administratorNoticeFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32')
    return `${env['CommonProgramFiles'] ?? 'C:\\Program Files\\Common Files'}\\Fusion License Console\\notify.json`;
  if (platform === 'darwin') return '/Library/Application Support/Fusion License Console/notify.json';
  return '/etc/fusion-license-console/notify.json';
}

function readPlace(place: AdministratorNoticePlace): Reading {
  const refused = (reason: AdministratorNoticeRefusal): Reading => ({
    state: { state: 'refused', file: place.file, reason },
    settings: null,
  });
  try {
    return readFound(place, refused);
  } catch {
    // Access failed, so a file may still be there.
    return refused('unreadable');
  }
}

function readFound(
  { file, owner }: AdministratorNoticePlace,
  refused: (reason: AdministratorNoticeRefusal) => Reading,
): Reading {
  const found = lookAt(file);
  if (!found) return { state: { state: 'none', file }, settings: null };
  if (!isAdministratorsAlone(file, owner)) return refused('writable');
  const parsed = found.isFile() && found.size <= largestFileBytes ? settingsSchema.safeParse(jsonOf(file)) : null;
  if (!parsed?.success) return refused('malformed');
  const { url } = parsed.data.notify;
  if (url !== undefined && !URL.canParse(url)) return refused('malformed');
  if (url !== undefined && !isSecure(new URL(url))) return refused('insecure');
  return { state: { state: 'set', file }, settings: parsed.data.notify };
}

/**
 * Can only an administrator change the file? On POSIX: the file and its folder belong to root, neither group nor others can write
 * to them, and in no folder above can others replace a part of the path. Windows has no such bits. There this can only try whether
 * the account that runs the console can write to the file or into its folder.
 */
function isAdministratorsAlone(file: string, owner: number): boolean {
  if (process.platform === 'win32') return !canWrite(file) && !canCreateIn(dirname(file));
  const real = realpathSync(file);
  const isTheirs = [real, dirname(real), dirname(file)].every((path) => {
    const found = lookAt(path);
    return found !== null && found.uid === owner && (found.mode & 0o022) === 0;
  });
  return (
    isTheirs && [...foldersAbove(dirname(real)), ...foldersAbove(dirname(file))].every((path) => keeps(path, owner))
  );
}

function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}

/** Are the folder's entries safe from being renamed by others? In a sticky folder each account can rename only its own entries. */
function keeps(folder: string, owner: number): boolean {
  const found = lookAt(folder);
  if (found === null || (found.uid !== owner && found.uid !== 0)) return false;
  return (found.mode & 0o022) === 0 || (found.mode & 0o1000) !== 0;
}

/** Tries by opening the file, because no other call checks the access list on Windows. */
function canWrite(file: string): boolean {
  return succeeds(() => closeSync(openSync(file, 'r+')));
}

function canCreateIn(folder: string): boolean {
  return succeeds(() => rmdirSync(mkdtempSync(join(folder, 'try-'))));
}

function succeeds(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

function jsonOf(file: string): unknown {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname));
}

/** The variables that a program needs to run. No other variable of this process is passed on. */
const environmentNames = [
  ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'],
  ['SystemRoot', 'windir', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'USERPROFILE', 'ProgramData', 'ProgramFiles'],
].flat();

/** Runs the command without a shell. True if it exits with 0 in time. */
async function run(command: readonly string[], body: string, limitMs: number): Promise<boolean> {
  try {
    return await runToItsEnd(command, body, limitMs);
  } catch {
    // For what cannot be a program `spawn` throws, without an `error` event: a batch file on Windows, a path through a file.
    return false;
  }
}

function runToItsEnd([program = '', ...args]: readonly string[], body: string, limitMs: number): Promise<boolean> {
  const env = Object.fromEntries(environmentNames.map((name) => [name, process.env[name]]));
  return new Promise((resolve) => {
    const child = withUmaskOfStart(() =>
      spawn(program, args, { shell: false, windowsHide: true, stdio: ['pipe', 'ignore', 'ignore'], env }),
    );
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    const end = (taken: boolean) => {
      clearTimeout(limit);
      resolve(taken);
    };
    child.on('error', () => end(false));
    child.on('close', (code) => end(code === 0));
    // A program that does not read its input may exit before the input is written.
    child.stdin.on('error', () => {});
    child.stdin.end(`${body}\n`);
  });
}

async function post(http: Http, url: string, body: string): Promise<boolean> {
  const outcome = await http.send({
    purpose: 'administrator_notice',
    method: 'POST',
    url,
    secretAddress: true,
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(addressLimitMs),
  });
  return outcome.ok && outcome.answer.status >= 200 && outcome.answer.status < 300;
}
