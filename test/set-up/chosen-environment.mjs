import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './repository.mjs';

/** The environment variables of the machine that tests, tools and the demo get, each with the reason. */
const passedOn = {
  PATH: 'Node.js and the system packages are found there',
  HOME: 'tools need one; tests have one of their own, except where the keychain stands in it (macOS)',
  USER: 'a program that starts a session asks for it',
  LOGNAME: 'the same by its other name',
  TMPDIR: 'a small or shared /tmp is replaced by it',
  ELECTRON_OVERRIDE_DIST_PATH: 'the Electron that a person chose',
  FLC_LONG: 'the full counts',
  FLC_FAULTS: 'every fault in every state',
  FLC_FONT: 'the font of the run',
};

/** Variables without which Windows programs do not start. */
const passedOnByWindows = [
  'ALLUSERSPROFILE',
  'APPDATA',
  'COMMONPROGRAMFILES',
  'COMPUTERNAME',
  'COMSPEC',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PATHEXT',
  'PROCESSOR_ARCHITECTURE',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'PUBLIC',
  'SESSIONNAME',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERDOMAIN',
  'USERNAME',
  'USERPROFILE',
  'WINDIR',
];

/** Variables of the person's own session, used if the console is shown in it: its display, keychain and time zone. */
const ofPersonsSession = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'GNOME_KEYRING_CONTROL',
  'XDG_RUNTIME_DIR',
  'XDG_SESSION_ID',
  'XDG_SESSION_TYPE',
  'XDG_CURRENT_DESKTOP',
  'XDG_DATA_DIRS',
  'XDG_CONFIG_DIRS',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'DESKTOP_SESSION',
  'TZ',
];

/** Variables with the same values on every machine. */
const chosen = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm-256color' };

/** Other accounts can read new files, on every machine. */
const umask = 0o022;

/**
 * The environment of every process that the set-up starts for tests, tools and the demo. This is the only place that chooses it.
 * It also sets the umask, which child processes inherit in the same way. Programs that download, and programs that a person
 * starts for themselves, keep the machine's environment, for example its proxy.
 * @param {NodeJS.ProcessEnv} [machine]
 * @returns {NodeJS.ProcessEnv}
 */
export function chosenEnvironment(machine = process.env) {
  process.umask(umask);
  return { ...kept(machine, namesPassedOn()), XDG_CACHE_HOME: dirname(cacheFolder), ...chosen };
}

/**
 * The environment of a console that is shown in the person's own session.
 * @param {NodeJS.ProcessEnv} [machine]
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOfPerson(machine = process.env) {
  const { TZ: _utc, ...env } = chosenEnvironment(machine);
  return { ...env, ...kept(machine, ofPersonsSession) };
}

/** Applies it to this process, with a temporary home folder on Linux; for a test runner that starts other processes. */
export function takeChosenEnvironment() {
  const env = chosenEnvironment();
  const { VITEST, TEST } = process.env;
  if (process.platform === 'linux') {
    env.HOME = mkdtempSync(join(tmpdir(), 'license-console-home-'));
    process.on('exit', () => rmSync(env.HOME, { recursive: true, force: true, maxRetries: 5 }));
  }
  // Vitest sets these before it reads its settings.
  const ofRunner = Object.entries({ VITEST, TEST }).filter(([, value]) => value !== undefined);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env, Object.fromEntries(ofRunner), { NODE_ENV: 'test' });
}

/** The names of the machine's variables that tests and tools get. */
export function namesPassedOn() {
  return [...Object.keys(passedOn), ...(process.platform === 'win32' ? passedOnByWindows : [])];
}

/** Names of environment variables are case-insensitive on Windows. */
function kept(machine, names) {
  const wanted = new Set(names);
  const isWanted = (name) => wanted.has(process.platform === 'win32' ? name.toUpperCase() : name);
  return Object.fromEntries(Object.entries(machine).filter(([name, value]) => value !== undefined && isWanted(name)));
}
