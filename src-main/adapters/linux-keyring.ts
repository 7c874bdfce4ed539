import { execFile } from 'node:child_process';
import type { FailureCode } from '../../src-shared/failure-codes.ts';

const question = [
  '--session',
  '--print-reply',
  '--reply-timeout=2000',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets/aliases/default',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Secret.Collection',
  'string:Locked',
];

/**
 * Asks the Secret Service whether its default keyring is open, without a prompt. Null where it is open, where this is not Linux
 * or where the question cannot be asked; a keyring that is not there yet counts as locked, since its person must set it up.
 */
export function findClosedKeyring(): Promise<FailureCode | null> {
  if (process.platform !== 'linux') return Promise.resolve(null);
  return new Promise((resolve) => {
    execFile('dbus-send', question, { timeout: 3_000 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout.includes('boolean false') ? null : 'secret_store_locked');
      else resolve(readRefusal(error, stderr));
    });
  });
}

function readRefusal(error: NodeJS.ErrnoException | { code?: unknown }, stderr: string): FailureCode | null {
  if (error.code === 'ENOENT') return null;
  if (/UnknownObject|UnknownMethod|No such (object|interface|method)/i.test(stderr)) return 'secret_store_locked';
  if (/ServiceUnknown|not provided by any|Failed to open connection|autolaunch|Spawn/i.test(stderr))
    return 'secret_store_missing';
  return /NoReply|timed? ?out/i.test(stderr) ? 'secret_store_timeout' : null;
}
