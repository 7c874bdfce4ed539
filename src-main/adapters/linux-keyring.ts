import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FailureCode } from '../../src-shared/failure-codes.ts';

const secrets = 'org.freedesktop.secrets';
const isLocked = [
  '/org/freedesktop/secrets/aliases/default',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Secret.Collection',
  'string:Locked',
];
const defaultCollection = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default'];
const processOfSecrets = ['/', 'org.freedesktop.DBus.GetConnectionUnixProcessID', `string:${secrets}`];

type Answer = { readonly text: string } | { readonly error: { readonly code?: unknown }; readonly stderr: string };

/**
 * Asks the Secret Service whether its default keyring is open, without a prompt. Null where it is open, where this is not Linux
 * or where the question cannot be asked; a keyring that is not there yet counts as locked, since its person must set it up.
 */
export async function findClosedKeyring(): Promise<FailureCode | null> {
  if (process.platform !== 'linux') return null;
  const answer = await ask(secrets, isLocked);
  if ('error' in answer) return readRefusal(answer);
  if (answer.text.includes('boolean false')) return null;
  return (await shouldBeOpen()) ? 'secret_store_password_changed' : 'secret_store_locked';
}

/**
 * The program that serves the Secret Service now, such as `gnome-keyring-daemon`; null where this is not Linux, where none does
 * or where it cannot be found out.
 */
export async function findKeyringProgram(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const answer = await ask('org.freedesktop.DBus', processOfSecrets);
  const pid = 'text' in answer ? /uint32 (\d+)/.exec(answer.text)?.[1] : undefined;
  if (pid === undefined) return null;
  try {
    // A program that was replaced by an update is still the same one.
    return basename(await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

/** The keyring `login` is opened by signing in to the desktop, where both have the same password. */
async function shouldBeOpen(): Promise<boolean> {
  if (!['x11', 'wayland'].includes(process.env['XDG_SESSION_TYPE'] ?? '')) return false;
  const answer = await ask(secrets, defaultCollection);
  return 'text' in answer && answer.text.includes('/org/freedesktop/secrets/collection/login"');
}

function ask(to: string, question: readonly string[]): Promise<Answer> {
  const request = ['--session', '--print-reply', '--reply-timeout=2000', `--dest=${to}`, ...question];
  return new Promise((resolve) => {
    execFile('dbus-send', request, { timeout: 3_000 }, (error, stdout, stderr) => {
      resolve(error ? { error, stderr } : { text: stdout });
    });
  });
}

function readRefusal({ error, stderr }: Extract<Answer, { error: unknown }>): FailureCode | null {
  if (error.code === 'ENOENT') return null;
  if (/UnknownObject|UnknownMethod|No such (object|interface|method)/i.test(stderr)) return 'secret_store_locked';
  if (/ServiceUnknown|not provided by any|Failed to open connection|autolaunch|Spawn/i.test(stderr))
    return 'secret_store_missing';
  return /NoReply|timed? ?out/i.test(stderr) ? 'secret_store_timeout' : null;
}
