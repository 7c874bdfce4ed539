import { execFile } from 'node:child_process';

const question = [
  '--session',
  '--print-reply',
  '--reply-timeout=2000',
  '--dest=org.kde.StatusNotifierWatcher',
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.kde.StatusNotifierWatcher',
  'string:IsStatusNotifierHostRegistered',
];

/** Does this desktop show tray icons? Windows and macOS always do. On Linux it depends on the desktop environment. */
export function findTrayHost(): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile('dbus-send', question, { timeout: 3_000 }, (error, stdout) => {
      resolve(!error && stdout.includes('boolean true'));
    });
  });
}
