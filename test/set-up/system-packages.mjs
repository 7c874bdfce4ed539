import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

/** Debian's packages, each with a file that shows that it is there: a library's name or a whole path. */
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
 * A display, a window manager, a keyring, notifications, a picture of the screen, a store of certificates, a wide and a narrow font,
 * for machines and tests that have none.
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
/** The Windows that `npm run test:windows` has. */
const windowsPackages = { wine: '/usr/bin/wine', wine64: '/usr/lib/wine/wine64' };
const triplet = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch] ?? '';
const libraryFolders = [`/usr/lib/${triplet}`, '/usr/lib64', '/usr/lib'];

/**
 * Installs what is missing where this is root on Debian; else says the exact command and ends.
 * @param {{ session?: boolean }} [options] without a session, only what Electron itself needs
 */
export async function installSystemPackages({ session = true } = {}) {
  await installPackagesOf({ ...runtimePackages, ...(session ? sessionPackages : {}) });
}

/** The same for Wine alone. */
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

/** Debian 13 and Ubuntu 24.04 gave some libraries a new name, for 64 bits of time. */
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
