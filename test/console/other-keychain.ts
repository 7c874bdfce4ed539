import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';

const run = promisify(execFile);

/**
 * Another, empty keychain program: a separate keyring that runs under another program's name on a separate bus.
 */
export class OtherKeychain {
  readonly #processes: ChildProcess[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'license-console-keychain-'));
  busAddress = '';

  static async start(program: string): Promise<OtherKeychain> {
    const keychain = new OtherKeychain();
    await keychain.#start(program);
    return keychain;
  }

  async close(): Promise<void> {
    for (const child of this.#processes.toReversed()) {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(program: string): Promise<void> {
    const data = join(this.#folder, 'data');
    mkdirSync(data);
    const env = { ...process.env, XDG_RUNTIME_DIR: this.#folder, XDG_DATA_HOME: data };
    const bus = this.#keep(spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { env }));
    const [address] = (await once(bus.stdout, 'data')) as [Buffer];
    this.busAddress = address.toString().trim();
    const { stdout } = await run('which', ['gnome-keyring-daemon']);
    const copy = join(this.#folder, program);
    copyFileSync(stdout.trim(), copy);
    const keyring = this.#keep(
      spawn(copy, ['--unlock', '--foreground', '--components=secrets'], {
        env: { ...env, DBUS_SESSION_BUS_ADDRESS: this.busAddress },
      }),
    );
    keyring.stdin.end('another password');
    await expect.poll(() => this.#isOpen()).toBe(true);
  }

  /** Waits for its name first: a request before that would make the bus start another keychain. */
  async #isOpen(): Promise<boolean> {
    const ask = async (to: string, path: string, method: string, args: readonly string[]) => {
      const request = ['call', '--address', this.busAddress, '--dest', to, '--object-path', path, '--method', method];
      return run('gdbus', [...request, ...args]).then(
        ({ stdout }) => stdout,
        () => '',
      );
    };
    const secrets = 'org.freedesktop.secrets';
    const owner = await ask('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', [secrets]);
    if (!owner.includes('true')) return false;
    const property = ['org.freedesktop.Secret.Collection', 'Locked'];
    const alias = '/org/freedesktop/secrets/aliases/default';
    return (await ask(secrets, alias, 'org.freedesktop.DBus.Properties.Get', property)).includes('false');
  }

  #keep<C extends ChildProcess>(child: C): C {
    this.#processes.push(child);
    return child;
  }
}
