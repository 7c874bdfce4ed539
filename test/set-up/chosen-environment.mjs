import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './repository.mjs';

/** What tests, tools and the demo have of the machine's environment: these variables by name, each with its reason. */
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

/** Windows programs do not start without them. */
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

/** The person's own session, where the console is shown in it: its display, its keychain, its time. */
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

/** What is the same on every machine. */
const chosen = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm-256color' };

/** Files that are made can be read by other accounts, on every machine. */
const umask = 0o022;

/**
 * The environment of every process that the set-up starts for tests, tools and the demo: the one place where it is chosen.
 * The umask, which a process hands on in the same way, is chosen with it. What downloads and what a person starts for
 * themselves keeps the machine's environment: a proxy, say.
 * @param {NodeJS.ProcessEnv} [machine]
 * @returns {NodeJS.ProcessEnv}
 */
export function chosenEnvironment(machine = process.env) {
  process.umask(umask);
  return { ...kept(machine, namesPassedOn()), XDG_CACHE_HOME: dirname(cacheFolder), ...chosen };
}

/**
 * The same for a console that is shown in the person's own session.
 * @param {NodeJS.ProcessEnv} [machine]
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOfPerson(machine = process.env) {
  const { TZ: _utc, ...env } = chosenEnvironment(machine);
  return { ...env, ...kept(machine, ofPersonsSession) };
}

/** Makes it this process's own, with a home folder that ends with the process: for a runner of tests that starts others. */
export function takeChosenEnvironment() {
  const env = chosenEnvironment();
  const { VITEST, TEST } = process.env;
  if (process.platform === 'linux') {
    env.HOME = mkdtempSync(join(tmpdir(), 'license-console-home-'));
    process.on('exit', () => rmSync(env.HOME, { recursive: true, force: true, maxRetries: 5 }));
  }
  // The runner has set these itself before it reads its settings.
  const ofRunner = Object.entries({ VITEST, TEST }).filter(([, value]) => value !== undefined);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env, Object.fromEntries(ofRunner), { NODE_ENV: 'test' });
}

/** The names that tests and tools are given of the machine. */
export function namesPassedOn() {
  return [...Object.keys(passedOn), ...(process.platform === 'win32' ? passedOnByWindows : [])];
}

/** On Windows a name is the same in capitals and without. */
function kept(machine, names) {
  const wanted = new Set(names);
  const isWanted = (name) => wanted.has(process.platform === 'win32' ? name.toUpperCase() : name);
  return Object.fromEntries(Object.entries(machine).filter(([name, value]) => value !== undefined && isWanted(name)));
}
