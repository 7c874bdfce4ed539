import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { type BusAnswer, SessionBus } from '../desktop/session-bus.ts';

const secrets = 'org.freedesktop.secrets';
const isLocked = {
  to: secrets,
  path: '/org/freedesktop/secrets/aliases/default',
  interface: 'org.freedesktop.DBus.Properties',
  method: 'Get',
  args: ['org.freedesktop.Secret.Collection', 'Locked'],
};
const defaultCollection = {
  to: secrets,
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
  method: 'ReadAlias',
  args: ['default'],
};
const searchItems = {
  to: secrets,
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
  method: 'SearchItems',
};
const processOfSecrets = {
  to: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  method: 'GetConnectionUnixProcessID',
  args: [secrets],
};

const bus = new SessionBus();

/**
 * Asks the Secret Service, without a prompt, whether its default keyring is open. Null if it is open, on other systems than Linux,
 * and if no session bus is known. A keyring that does not exist yet counts as locked, since the person must set it up.
 */
export async function findClosedKeyring(): Promise<FailureCode | null> {
  if (process.platform !== 'linux') return null;
  const first = await bus.call(isLocked);
  // If the keyring has just ended, the next call makes the bus start it again.
  const answer = 'trouble' in first && first.trouble === 'ended' ? await bus.call(isLocked) : first;
  if ('trouble' in answer || answer.error !== undefined) return readRefusal(answer);
  if (answer.value === false) return null;
  return (await shouldBeOpen()) ? 'secret_store_password_changed' : 'secret_store_locked';
}

/**
 * Does the keyring hold a locked entry with these attributes, and no open one? libsecret reports an entry as absent if the person
 * denied access to it. Also true if the keyring does not answer, since the entry may be there. False on other systems than Linux,
 * if no session bus is known, or if the keyring does not support the call.
 */
export async function isEntryLocked(attributes: Readonly<Record<string, string>>): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const answer = await bus.call({ ...searchItems, args: [attributes] });
  if ('trouble' in answer) return answer.trouble !== 'no_address';
  if (isSilence(answer.error)) return true;
  const [open = [], locked = []] = answer.lists ?? [];
  return open.length === 0 && locked.length > 0;
}

/** Does the Secret Service answer calls now? False on other systems than Linux. */
export async function doesKeyringAnswer(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const answer = await bus.call(isLocked);
  return !('trouble' in answer) && !isSilence(answer.error);
}

/**
 * The program that provides the Secret Service now, such as `gnome-keyring-daemon`. Null on other systems than Linux, if no program
 * provides it, and if the program cannot be determined.
 */
export async function findKeyringProgram(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const answer = await bus.call(processOfSecrets);
  if ('trouble' in answer || typeof answer.value !== 'number') return null;
  try {
    // Linux adds this suffix when an update has replaced the program's file. It is still the same program.
    return basename(await readlink(`/proc/${answer.value}/exe`)).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

/** Signing in to the desktop opens the keyring `login`, unless its password differs from the account's. */
async function shouldBeOpen(): Promise<boolean> {
  if (!['x11', 'wayland'].includes(process.env['XDG_SESSION_TYPE'] ?? '')) return false;
  const answer = await bus.call(defaultCollection);
  return !('trouble' in answer) && answer.value === '/org/freedesktop/secrets/collection/login';
}

function readRefusal(answer: BusAnswer): FailureCode | null {
  if ('trouble' in answer) {
    if (answer.trouble === 'no_address') return null;
    return answer.trouble === 'no_answer' ? 'secret_store_timeout' : 'secret_store_missing';
  }
  return refusalNamed(answer.error ?? '');
}

/** Does this D-Bus error mean that the keyring does not answer? */
function isSilence(error: string | undefined): boolean {
  const code = refusalNamed(error ?? '');
  return code === 'secret_store_missing' || code === 'secret_store_timeout';
}

/** Reads the name of a D-Bus error, not its text, which is in the person's language. Null if the name says nothing about the keyring. */
export function refusalNamed(error: string): FailureCode | null {
  const name = error.split('.').at(-1) ?? '';
  if (['UnknownObject', 'UnknownInterface', 'UnknownMethod', 'NoSuchObject', 'IsLocked'].includes(name))
    return 'secret_store_locked';
  if (['ServiceUnknown', 'NameHasNoOwner'].includes(name) || error.includes('.Error.Spawn.'))
    return 'secret_store_missing';
  return ['Timeout', 'TimedOut', 'NoReply'].includes(name) ? 'secret_store_timeout' : null;
}
