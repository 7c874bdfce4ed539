import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import type { AdministratorNoticeRefusal, AdministratorNoticeState } from '../../src-shared/alert.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { shownJson } from '../../src-shared/shown-text.ts';
import { lookAt } from '../files/file-trouble.ts';
import type { AdministratorNotice } from '../ports/administrator-notice.ts';
import type { Http } from '../ports/http.ts';
import { withUmaskOfStart } from './own-rights.ts';

/** A command that has not ended by then is ended. */
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
 * Reads the file and hands events to what it names. A file that ordinary users can write is refused: it names a program that
 * would run with the rights of whoever uses the console.
 */
export function createAdministratorNotice(
  place: AdministratorNoticePlace,
  http: Http,
  limitMs = commandLimitMs,
): AdministratorNotice {
  let reading: Reading = readPlace(place);
  // A command that took an event is not given it again because the address did not, and the other way round.
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
        command ? once('command', body, () => run(command, body, limitMs)) : true,
        url ? once('url', body, () => post(http, url, body)) : true,
      ]);
      if (!told.every(Boolean)) return fail('administrator_not_told');
      for (const way of ['command', 'url']) taken.delete(`${way} ${body}`);
      return succeed(null);
    },
  };
}

/**
 * Where an administrator puts the file on this system. On Windows not below ProgramData: there every account may make a folder,
 * owns it, and can then keep all others from writing into it, so that it looks like an administrator's.
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
    // Something may be there: what the system does not let be looked at is not absent.
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
 * On POSIX: the file and its folder belong to root, neither group nor others can write to them, and no folder above is one in
 * which others could put another in its place. On Windows, which has no such bits, the least that can be tried: whether the account that runs the console can write to the file or into its folder.
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

/** Can nobody else rename what is in that folder? In a sticky one each renames only what is theirs. */
function keeps(folder: string, owner: number): boolean {
  const found = lookAt(folder);
  if (found === null || (found.uid !== owner && found.uid !== 0)) return false;
  return (found.mode & 0o022) === 0 || (found.mode & 0o1000) !== 0;
}

/** By opening it: on Windows nothing else asks the file's access list. */
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

/** What a program needs to run at all. Nothing else of this process's environment is handed on. */
const environmentNames = [
  ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'],
  ['SystemRoot', 'windir', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'USERPROFILE', 'ProgramData', 'ProgramFiles'],
].flat();

/** Without a shell. True where it ended by itself, with 0, in time. */
async function run(command: readonly string[], body: string, limitMs: number): Promise<boolean> {
  try {
    return await runToItsEnd(command, body, limitMs);
  } catch {
    // What cannot be a program at all is not said by an event: a batch file on Windows, a path through a file.
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
    // A program that does not read its input may be gone before it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(`${body}\n`);
  });
}

async function post(http: Http, url: string, body: string): Promise<boolean> {
  const outcome = await http.send({
    method: 'POST',
    url,
    secretAddress: true,
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(addressLimitMs),
  });
  return outcome.ok && outcome.answer.status >= 200 && outcome.answer.status < 300;
}
