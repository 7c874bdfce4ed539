import { existsSync, readFileSync } from 'node:fs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

/** Debian's packages, each with a file that shows that it is there. */
const needed = {
  // What Electron itself links against.
  libnss3: '/usr/lib/x86_64-linux-gnu/libnss3.so',
  'libatk1.0-0': '/usr/lib/x86_64-linux-gnu/libatk-1.0.so.0',
  'libatk-bridge2.0-0': '/usr/lib/x86_64-linux-gnu/libatk-bridge-2.0.so.0',
  'libgtk-3-0': '/usr/lib/x86_64-linux-gnu/libgtk-3.so.0',
  libgbm1: '/usr/lib/x86_64-linux-gnu/libgbm.so.1',
  libasound2: '/usr/lib/x86_64-linux-gnu/libasound.so.2',
  libcups2: '/usr/lib/x86_64-linux-gnu/libcups.so.2',
  libxss1: '/usr/lib/x86_64-linux-gnu/libXss.so.1',
  libxtst6: '/usr/lib/x86_64-linux-gnu/libXtst.so.6',
  libdrm2: '/usr/lib/x86_64-linux-gnu/libdrm.so.2',
  'libsecret-1-0': '/usr/lib/x86_64-linux-gnu/libsecret-1.so.0',
  // A display, a window manager, a keyring and a picture of the screen, for machines that have none.
  xvfb: '/usr/bin/Xvfb',
  xauth: '/usr/bin/xauth',
  openbox: '/usr/bin/openbox',
  'gnome-keyring': '/usr/bin/gnome-keyring-daemon',
  dbus: '/usr/bin/dbus-daemon',
  'dbus-x11': '/usr/bin/dbus-launch',
  imagemagick: '/usr/bin/import',
  unzip: '/usr/bin/unzip',
  'fonts-dejavu-core': '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
};

/** Installs what is missing where this is root on Debian; else says the exact command and ends. */
export async function installSystemPackages() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  const missing = Object.entries(needed)
    .filter(([, file]) => !existsSync(file))
    .map(([name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !isDebian())
    giveUp(`System packages are missing. On Debian or Ubuntu: sudo ${command}`);
  say(`Installing system packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const { code } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
  if (code !== 0) giveUp(`System packages could not be installed: ${command}`);
}

function isDebian() {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}
