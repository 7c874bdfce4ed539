import { spawn } from 'node:child_process';
import { z } from 'zod/mini';
import type { AdministratorNoticeRefusal, AdministratorNoticeState } from '../../../src-shared/notifications/alert.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { shownJson } from '../../../src-shared/text/shown-text.ts';
import type { AdministratorEvent, AdministratorNotice } from '../../notifications/administrator-notice.ts';
import type { Http } from '../../ports/http.ts';
import type { Log } from '../../ports/log.ts';
import { administratorFile, type AdministratorPlace, readAdministratorFile } from '../disk/administrator-file.ts';
import { withUmaskOfStart } from '../disk/own-rights.ts';

/** A command that runs longer is killed. */
const commandLimitMs = 10_000;
const addressLimitMs = 10_000;

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

/**
 * Reads the file and hands events to the command and the address in it. A file that ordinary users can write is refused, because
 * its command would run with the rights of every account that uses the console.
 */
export function createAdministratorNotice(
  place: AdministratorPlace,
  http: Http,
  log: Log,
  limitMs = commandLimitMs,
): AdministratorNotice {
  let reading: Reading = readPlace(place);
  // If only one of command and address took an event, the next attempt goes to the other one only.
  const taken = new WeakMap<AdministratorEvent, ReadonlySet<string>>();
  const once = async (way: string, event: AdministratorEvent, hand: () => Promise<boolean>): Promise<boolean> => {
    if (taken.get(event)?.has(way)) return true;
    const isTaken = await hand();
    if (isTaken) taken.set(event, new Set([...(taken.get(event) ?? []), way]));
    return isTaken;
  };
  return {
    file: place.file,
    read() {
      reading = readPlace(place);
      return reading.state;
    },
    async send(event): Promise<Result<null>> {
      const { command, url } = reading.settings ?? {};
      const body = shownJson(event);
      const accepted = await Promise.all([
        command
          ? once('command', event, () =>
              log.step(
                'notifications',
                'administrator_command',
                {},
                () => run(command, body, limitMs),
                (ok) => ({ ok }),
              ),
            )
          : true,
        url ? once('url', event, () => post(http, url, body)) : true,
      ]);
      if (!accepted.every(Boolean)) return fail('administrator_not_told');
      taken.delete(event);
      return succeed(null);
    },
  };
}

/** Where an administrator puts the file on this system. */
export function administratorNoticeFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  return administratorFile('notify.json', platform, env);
}

function readPlace(place: AdministratorPlace): Reading {
  const { file } = place;
  const refused = (reason: AdministratorNoticeRefusal): Reading => ({
    state: { state: 'refused', file, reason },
    settings: null,
  });
  const found = readAdministratorFile(place, settingsSchema);
  if (found.state === 'none') return { state: { state: 'none', file }, settings: null };
  if (found.state === 'refused') return refused(found.reason);
  const { url } = found.value.notify;
  if (url !== undefined && !URL.canParse(url)) return refused('malformed');
  if (url !== undefined && !isSecure(new URL(url))) return refused('insecure');
  return { state: { state: 'set', file }, settings: found.value.notify };
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
    // `spawn` throws, without an `error` event, for something that cannot be a program: a batch file on Windows, a path through a file.
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
