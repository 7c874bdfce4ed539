import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

/** Debian packages, each with a file that proves that it is installed: the name of a library or a full path. */
const runtimePackages = {
  libnss3: 'libnss3.so',
  'libatk1.0-0': 'libatk-1.0.so.0',
  'libatk-bridge2.0-0': 'libatk-bridge-2.0.so.0',
  'libgtk-3-0': 'libgtk-3.so.0',
  libgbm1: 'libgbm.so.1',
  libasound2: 'libasound.so.2',
  libcups2: 'libcups.so.2',
  libxss1: 'libXss.so.1',
  libxtst6: 'libXtst.so.6',
  libdrm2: 'libdrm.so.2',
  'libsecret-1-0': 'libsecret-1.so.0',
  unzip: '/usr/bin/unzip',
};
/**
 * A display, a window manager, a keyring, notifications, screenshots, a certificate store, a wide font and a narrow font, for
 * machines and tests that have none.
 */
const sessionPackages = {
  xvfb: '/usr/bin/Xvfb',
  openbox: '/usr/bin/openbox',
  'gnome-keyring': '/usr/bin/gnome-keyring-daemon',
  dbus: '/usr/bin/dbus-daemon',
  'dbus-x11': '/usr/bin/dbus-launch',
  dunst: '/usr/bin/dunst',
  imagemagick: '/usr/bin/import',
  'x11-utils': '/usr/bin/xwininfo',
  'libnss3-tools': '/usr/bin/certutil',
  'fonts-dejavu-core': '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  'fonts-noto-core': '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf',
};
/** Wine, which `npm run test:windows` uses as Windows. */
const windowsPackages = { wine: '/usr/bin/wine', wine64: '/usr/lib/wine/wine64' };
const triplet = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch] ?? '';
const libraryFolders = [`/usr/lib/${triplet}`, '/usr/lib64', '/usr/lib'];

/**
 * Installs missing packages if this process is root on Debian. Otherwise prints the exact command and exits.
 * @param {{ session?: boolean }} [options] without a session, only the packages that Electron itself needs
 */
export async function installSystemPackages({ session = true } = {}) {
  await installPackagesOf({ ...runtimePackages, ...(session ? sessionPackages : {}) });
}

/** The same for Wine only. */
export async function installWine() {
  await installPackagesOf(windowsPackages);
}

async function installPackagesOf(wanted) {
  if (process.platform !== 'linux') return;
  if (missingOf(wanted).length === 0) return;
  if (process.getuid?.() !== 0 || !isDebian()) {
    const command = `sudo apt-get update && sudo apt-get install -y ${missingOf(wanted).join(' ')}`;
    giveUp(`System packages are missing. On Debian or Ubuntu run: ${command}`);
  }
  await oneAtATime('system-packages', () => install(missingOf(wanted)));
}

async function install(missing) {
  if (missing.length === 0) return;
  say(`Installing system packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, progress: true });
  const names = await Promise.all(missing.map(nameHere));
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  const { code } = await run('apt-get', args, { env, progress: true });
  if (code !== 0) giveUp(`System packages could not be installed. The command was: apt-get ${args.join(' ')}`);
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit `time_t`. */
async function nameHere(name) {
  const { output } = await run('apt-cache', ['policy', name], { capture: true });
  return /Candidate: (?!\(none\))/.test(output) ? name : `${name}t64`;
}

function missingOf(wanted) {
  return Object.entries(wanted)
    .filter(([, file]) => !isThere(file))
    .map(([name]) => name);
}

function isThere(file) {
  return file.startsWith('/') ? existsSync(file) : libraryFolders.some((folder) => existsSync(join(folder, file)));
}

function isDebian() {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}
