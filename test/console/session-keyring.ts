import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const secrets = 'org.freedesktop.secrets';
const login = '/org/freedesktop/secrets/collection/login';
export const sessionPassword = process.env['FLC_TEST_KEYRING_PASSWORD'] ?? '';
const prompter = 'org.gnome.keyring.SystemPrompter';

/** Controls the test session's keyring as a person or the system would: locks it, unlocks it, or makes it hang. */
export const sessionKeyring = {
  async lock(): Promise<void> {
    await call(secrets, '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', [`[objectpath '${login}']`]);
    if (!(await this.isLocked())) throw new Error('The keyring did not lock');
  },

  async isLocked(): Promise<boolean> {
    const answer = await call(secrets, login, 'org.freedesktop.DBus.Properties.Get', [
      'org.freedesktop.Secret.Collection',
      'Locked',
    ]);
    return answer.includes('true');
  },

  /** Unlocks it with its password and without a prompt, as the system does when a person signs in. */
  async unlock(password = sessionPassword): Promise<void> {
    await this.signIn(password);
    if (await this.isLocked()) throw new Error('The keyring did not open');
  },

  /** Does what the system does when a person signs in with a password, whether or not it is the keyring's. */
  signIn: (password = sessionPassword): Promise<void> => control(1, [password]),

  /** Changes the keyring's password, for example to one that is not the session's. */
  changePassword: (from: string, to: string): Promise<void> => control(2, [from, to]),

  /** Makes the keyring hang until the returned function is called. */
  async freeze(): Promise<() => void> {
    const pid = await processOf(secrets);
    process.kill(pid, 'SIGSTOP');
    return () => process.kill(pid, 'SIGCONT');
  },

  /** The id of the keyring's current process. If it ends unexpectedly, the system starts a new one, which is unlocked. */
  daemon: (): Promise<number> => processOf(secrets),

  /** The accounts with an entry of a service. Leaves out entries that disappear during the call or that a full disk did not store. */
  async accountsOf(service: string): Promise<string[]> {
    const search = 'org.freedesktop.Secret.Service.SearchItems';
    const found = await call(secrets, '/org/freedesktop/secrets', search, [`{'service': '${service}'}`]);
    const get = 'org.freedesktop.DBus.Properties.Get';
    const attributes = (found.match(/\/org\/freedesktop\/secrets\/collection\/[\w/]+/g) ?? []).map((item) =>
      call(secrets, item, get, ['org.freedesktop.Secret.Item', 'Attributes']).catch((thrown) => {
        if (/does not exist|No such/.test(String(thrown))) return '';
        throw thrown;
      }),
    );
    return (await Promise.all(attributes)).flatMap((text) => /'account': '([^']+)'/.exec(text)?.[1] ?? []);
  },

  /** Is the system asking for a password? */
  async isPrompting(): Promise<boolean> {
    const answer = await call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', [prompter]);
    return answer.includes('true');
  },

  /** Closes the system's prompt without an answer. */
  async dismissPrompt(): Promise<void> {
    process.kill(await processOf(prompter), 'SIGTERM');
  },
};

/** Sends a message to the keyring's control socket: a zero byte, the message's length, the operation, and each text with its length. */
async function control(operation: number, texts: readonly string[]): Promise<void> {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const body = Buffer.concat(texts.flatMap((text) => [number(Buffer.byteLength(text)), Buffer.from(text)]));
  const socket = connect(join(process.env['XDG_RUNTIME_DIR'] ?? '', 'keyring', 'control'));
  socket.write(Buffer.concat([Buffer.from([0]), number(8 + body.length), number(operation), body]));
  await once(socket, 'data');
  socket.destroy();
}

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
