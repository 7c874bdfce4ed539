import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type BusAnswer, SessionBus } from './session-bus.ts';

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
 * Asks the Secret Service whether its default keyring is open, without a prompt. Null where it is open, where this is not Linux
 * or where the question cannot be asked; a keyring that is not there yet counts as locked, since its person must set it up.
 */
export async function findClosedKeyring(): Promise<FailureCode | null> {
  if (process.platform !== 'linux') return null;
  const first = await bus.call(isLocked);
  // A keyring that has just ended is started anew by the next question.
  const answer = 'trouble' in first && first.trouble === 'ended' ? await bus.call(isLocked) : first;
  if ('trouble' in answer || answer.error !== undefined) return readRefusal(answer);
  if (answer.value === false) return null;
  return (await shouldBeOpen()) ? 'secret_store_password_changed' : 'secret_store_locked';
}

/**
 * Does the keyring hold an entry with these attributes that is locked, and none that is open? libsecret says that there is no
 * entry where its person did not allow access to it. True too where the keyring gives no answer, since the entry may be there.
 * False where this is not Linux, where the bus is not known, or where the keyring does not know the question.
 */
export async function isEntryLocked(attributes: Readonly<Record<string, string>>): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const answer = await bus.call({ ...searchItems, args: [attributes] });
  if ('trouble' in answer) return answer.trouble !== 'no_address';
  if (isSilence(answer.error)) return true;
  const [open = [], locked = []] = answer.lists ?? [];
  return open.length === 0 && locked.length > 0;
}

/** Does the Secret Service answer questions now? False where this is not Linux. */
export async function doesKeyringAnswer(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const answer = await bus.call(isLocked);
  return !('trouble' in answer) && !isSilence(answer.error);
}

/**
 * The program that serves the Secret Service now, such as `gnome-keyring-daemon`; null where this is not Linux, where none does
 * or where it cannot be found out.
 */
export async function findKeyringProgram(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const answer = await bus.call(processOfSecrets);
  if ('trouble' in answer || typeof answer.value !== 'number') return null;
  try {
    // A program that was replaced by an update is still the same one.
    return basename(await readlink(`/proc/${answer.value}/exe`)).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

/** The keyring `login` is opened by signing in to the desktop, where both have the same password. */
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

/** Is this an error of the bus, because the keyring does not answer? */
function isSilence(error: string | undefined): boolean {
  const code = refusalNamed(error ?? '');
  return code === 'secret_store_missing' || code === 'secret_store_timeout';
}

/** By the name of a D-Bus error, never by its text, which is in the person's language. Null where it says nothing of the keyring. */
export function refusalNamed(error: string): FailureCode | null {
  const name = error.split('.').at(-1) ?? '';
  if (['UnknownObject', 'UnknownInterface', 'UnknownMethod', 'NoSuchObject', 'IsLocked'].includes(name))
    return 'secret_store_locked';
  if (['ServiceUnknown', 'NameHasNoOwner'].includes(name) || error.includes('.Error.Spawn.'))
    return 'secret_store_missing';
  return ['Timeout', 'TimedOut', 'NoReply'].includes(name) ? 'secret_store_timeout' : null;
}
