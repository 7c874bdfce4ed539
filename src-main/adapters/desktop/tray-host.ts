import { SessionBus } from './session-bus.ts';

const isHostRegistered = {
  to: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.freedesktop.DBus.Properties',
  method: 'Get',
  args: ['org.kde.StatusNotifierWatcher', 'IsStatusNotifierHostRegistered'],
};

/**
 * Does this desktop show tray icons? Windows and macOS always do. On Linux it depends on the desktop environment, and the answer
 * is no if there is no session bus or it does not answer.
 */
export async function findTrayHost(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const bus = new SessionBus();
  const answer = await bus.call(isHostRegistered);
  bus.close();
  return 'value' in answer && answer.value === true;
}
