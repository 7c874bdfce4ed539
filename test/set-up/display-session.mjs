import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';

const keyringPassword = 'sandbox-keyring';

/** Is there a display that a person looks at? */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * A session of its own for tests: a display with a window manager, a D-Bus session and a real, unlocked keyring in a
 * folder of its own, so that nobody's keyring is touched. `close` ends every process that it started, by its id.
 * On Windows and macOS, and where `ownDisplay` is false, the person's own session is used as it is.
 * @param {{ screen?: string }} [options]
 */
export async function openDisplaySession(options = {}) {
  if (process.platform !== 'linux') return { env: { ...process.env }, close: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'license-console-session-'));
  mkdirSync(join(folder, 'data'));
  const started = [];
  const start = (command, args, settings = {}) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], ...settings });
    started.push(child);
    return child;
  };
  const env = {
    ...process.env,
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    FLC_TEST_KEYRING_PASSWORD: keyringPassword,
  };
  delete env.WAYLAND_DISPLAY;
  const xvfb = start('Xvfb', [
    '-displayfd',
    '1',
    '-screen',
    '0',
    `${options.screen ?? '1920x1080'}x24`,
    '-nolisten',
    'tcp',
  ]);
  env.DISPLAY = `:${await firstLine(xvfb)}`;
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1']);
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus);
  const keyring = start('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets'], { env });
  keyring.stdin.end(keyringPassword);
  start('openbox', [], { env });
  await keyringIsOpen(env);
  return { env, close: () => end(started, folder) };
}

async function firstLine(child) {
  const reader = createInterface({ input: child.stdout });
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  const [line] = await Promise.race([once(reader, 'line'), failed]);
  return String(line).trim();
}

/** Asked before it is there, the bus would start a second, locked keyring; so its name is waited for first. */
async function keyringIsOpen(env) {
  await busSays(env, 'boolean true', [
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.secrets',
  ]);
  const isLocked = ['org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked'];
  await busSays(env, 'boolean false', [
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets/aliases/default',
    ...isLocked,
  ]);
}

async function busSays(env, expected, question) {
  for (let tries = 0; tries < 200; tries += 1) {
    const { output } = await run('dbus-send', ['--session', '--print-reply', ...question], {
      env,
      capture: true,
      quiet: true,
    });
    if (output.includes(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The keyring of the test session did not open');
}

async function end(started, folder) {
  for (const child of started.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [command, ...args] = process.argv.slice(2).filter((argument, index) => !(index === 0 && argument === '--'));
  const session = await openDisplaySession();
  const { code } = await run(command ?? 'true', args, { env: session.env });
  await session.close();
  process.exit(code);
}
