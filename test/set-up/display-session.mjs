import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chosenEnvironment, environmentOfPerson } from './chosen-environment.mjs';
import { run } from './run.mjs';
import { firstLine, StartedProcesses } from './started-processes.mjs';
import { installSystemPackages } from './system-packages.mjs';
import { fontEnvironment } from './test-fonts.mjs';

const keyringPassword = 'sandbox-keyring';
const silent = ['pipe', 'pipe', 'ignore'];

/** Is there a display for a person? */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Opens a separate session for tests: a display with a window manager and notifications, a D-Bus session, and a real, unlocked
 * keyring in a separate folder, so that no person's keyring is touched. The session has its own home folder too. `close` ends
 * every process that the session started, by its id. On Windows and macOS, the person's own session is used, in the chosen time zone.
 * @param {{ screen?: string }} [options]
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close(): Promise<void> }>}
 */
export async function openDisplaySession({ screen = '1920x1080' } = {}) {
  if (process.platform !== 'linux') return { ...personsSession(), env: sessionElsewhere() };
  const folder = mkdtempSync(join(tmpdir(), 'license-console-session-'));
  const processes = new StartedProcesses();
  const close = async () => {
    await processes.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const env = privateEnvironment(folder);
    env.DISPLAY = await startDisplay(processes, env, screen);
    openKeyringWhenAsked(env);
    env.DBUS_SESSION_BUS_ADDRESS = await startBus(processes, env);
    await keyringIsOpen(env);
    processes.start('openbox', [], { stdio: silent, env });
    await openNotifications(processes, env, folder);
    return { env, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The person's own session, with its display and keyring. */
export function personsSession() {
  return { env: environmentOfPerson(), close: async () => {} };
}

function privateEnvironment(folder) {
  const data = join(folder, 'data');
  const config = join(folder, 'config');
  const home = join(folder, 'home');
  for (const made of [data, config, home]) mkdirSync(made);
  const own = { HOME: home, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: data, XDG_CONFIG_HOME: config };
  const fonts = fontEnvironment(join(folder, 'fonts'));
  return { ...chosenEnvironment(), ...own, ...fonts, FLC_TEST_KEYRING_PASSWORD: keyringPassword };
}

function sessionElsewhere() {
  return { ...environmentOfPerson(), TZ: chosenEnvironment().TZ };
}

async function startDisplay(processes, env, screen) {
  const args = ['-displayfd', '1', '-screen', '0', `${screen}x24`, '-nolisten', 'tcp'];
  return `:${await firstLine(processes.start('Xvfb', args, { stdio: silent, env }))}`;
}

async function startBus(processes, env) {
  const args = ['--session', '--nofork', '--print-address=1'];
  return firstLine(processes.start('dbus-daemon', args, { stdio: silent, env }));
}

/**
 * Makes the bus start the keyring on demand, unlocked as for a person who has signed in. The bus also starts it again if it
 * exits unexpectedly, which happens now and then. The keyring ends with the bus.
 */
function openKeyringWhenAsked(env) {
  const services = join(env.XDG_DATA_HOME, 'dbus-1', 'services');
  mkdirSync(services, { recursive: true });
  const daemon =
    'printf %s "$FLC_TEST_KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --foreground --components=secrets';
  const service = ['[D-BUS Service]', 'Name=org.freedesktop.secrets', `Exec=/bin/sh -c '${daemon}'`];
  writeFileSync(join(services, 'org.freedesktop.secrets.service'), `${service.join('\n')}\n`);
}

/** Starts a real notification daemon, in which notifications stay until a test has checked them. */
async function openNotifications(processes, env, folder) {
  const settings = join(folder, 'dunstrc');
  const urgencies = ['low', 'normal', 'critical'].map((urgency) => `[urgency_${urgency}]\ntimeout = 0\n`);
  // Small and in a corner, because other tests take pictures of the screen.
  const corner = 'origin = bottom-right\noffset = 0x0\nwidth = 60\nheight = 30\nfont = Sans 5\n';
  writeFileSync(settings, `[global]\nhistory_length = 0\n${corner}${urgencies.join('')}`);
  processes.start('dunst', ['-config', settings], { stdio: silent, env });
  await nameIsOwned(env, 'org.freedesktop.Notifications');
}

async function keyringIsOpen(env) {
  const isLocked = ['org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked'];
  await busSays(env, 'boolean false', [
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets/aliases/default',
    ...isLocked,
  ]);
}

async function nameIsOwned(env, name) {
  const question = ['--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', `string:${name}`];
  await busSays(env, 'boolean true', question);
}

async function busSays(env, expected, question) {
  for (let tries = 0; tries < 200; tries += 1) {
    const args = ['--session', '--print-reply', ...question];
    const { output } = await run('dbus-send', args, { env, capture: true, quiet: true });
    if (output.includes(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The test session did not answer: ${question.join(' ')}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [command = 'true', ...args] = process.argv
    .slice(2)
    .filter((argument, index) => !(index === 0 && argument === '--'));
  await installSystemPackages();
  const session = await openDisplaySession();
  const { code } = await run(command, args, { env: session.env });
  await session.close();
  process.exit(code);
}
