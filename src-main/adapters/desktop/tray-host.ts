import { bus, SessionBus } from './session-bus.ts';

const watcher = 'org.kde.StatusNotifierWatcher';

const isHostRegistered = {
  to: watcher,
  path: '/StatusNotifierWatcher',
  interface: 'org.freedesktop.DBus.Properties',
  method: 'Get',
  args: [watcher, 'IsStatusNotifierHostRegistered'],
};

/** The signals after which the answer may change: the watcher starts or ends, or the panel that shows the icons does. */
const changes = [
  `type='signal',sender='${bus.to}',interface='${bus.interface}',member='NameOwnerChanged',arg0='${watcher}'`,
  `type='signal',interface='${watcher}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${watcher}',member='StatusNotifierHostUnregistered'`,
];
const changeNames: ReadonlySet<string> = new Set([
  'NameOwnerChanged',
  'StatusNotifierHostRegistered',
  'StatusNotifierHostUnregistered',
]);

/**
 * Calls `onHost` with whether this desktop shows tray icons: once now, and again after each change. On Linux that depends on the
 * desktop environment, whose panel may start later than the console, or end and start again. It is false if there is no session bus
 * or it does not answer. Windows and macOS always show them.
 */
export async function watchTrayHost(onHost: (isThere: boolean) => void): Promise<void> {
  if (process.platform !== 'linux') return onHost(true);
  const session = new SessionBus();
  const look = async () => {
    const answer = await session.call(isHostRegistered);
    onHost('value' in answer && answer.value === true);
  };
  let looking = Promise.resolve();
  session.onSignal = (name) => {
    // One after the other, so that the last answer is the newest.
    if (changeNames.has(name)) looking = looking.then(look);
  };
  // Before the first look, so that no change is missed.
  looking = Promise.all(changes.map((rule) => session.call({ ...bus, method: 'AddMatch', args: [rule] }))).then(look);
  await looking;
}
