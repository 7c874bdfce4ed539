import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const login = '/org/freedesktop/secrets/collection/login';
const prompter = 'org.gnome.keyring.SystemPrompter';

/** The keyring of the test session as a person and their system treat it: it is locked, unlocked, or hangs. */
export const sessionKeyring = {
  async lock(): Promise<void> {
    await call('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', [
      `[objectpath '${login}']`,
    ]);
    if (!(await this.isLocked())) throw new Error('The keyring did not lock');
  },

  async isLocked(): Promise<boolean> {
    const answer = await call('org.freedesktop.secrets', login, 'org.freedesktop.DBus.Properties.Get', [
      'org.freedesktop.Secret.Collection',
      'Locked',
    ]);
    return answer.includes('true');
  },

  /**
   * Opens it with its password and without a prompt, over its control socket, as the system does when a person signs in: a zero
   * byte, then the message's length, the operation 1, and the password's length and text.
   */
  async unlock(): Promise<void> {
    const password = Buffer.from(process.env['FLC_TEST_KEYRING_PASSWORD'] ?? '');
    const message = Buffer.alloc(13 + password.length);
    message.writeUInt32BE(12 + password.length, 1);
    message.writeUInt32BE(1, 5);
    message.writeUInt32BE(password.length, 9);
    password.copy(message, 13);
    const socket = connect(join(process.env['XDG_RUNTIME_DIR'] ?? '', 'keyring', 'control'));
    socket.write(message);
    await once(socket, 'data');
    socket.destroy();
    if (await this.isLocked()) throw new Error('The keyring did not open');
  },

  /** It stays there and no longer answers, until the returned function is called. */
  async freeze(): Promise<() => void> {
    const pid = await processOf('org.freedesktop.secrets');
    process.kill(pid, 'SIGSTOP');
    return () => process.kill(pid, 'SIGCONT');
  },

  /** Is the system asking for a password? */
  async isPrompting(): Promise<boolean> {
    const answer = await call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', [prompter]);
    return answer.includes('true');
  },

  /** The system's prompt goes away unanswered. */
  async dismissPrompt(): Promise<void> {
    process.kill(await processOf(prompter), 'SIGTERM');
  },
};

async function processOf(name: string): Promise<number> {
  const method = 'org.freedesktop.DBus.GetConnectionUnixProcessID';
  const answer = await call('org.freedesktop.DBus', '/', method, [name]);
  const pid = Number(/uint32 (\d+)/.exec(answer)?.[1]);
  if (!(pid > 1)) throw new Error(`Nobody is ${name}`);
  return pid;
}

async function call(to: string, path: string, method: string, args: readonly string[]): Promise<string> {
  const request = ['call', '--session', '--timeout', '5', '--dest', to, '--object-path', path, '--method', method];
  const { stdout } = await run('gdbus', [...request, ...args]);
  return stdout;
}
