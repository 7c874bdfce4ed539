import { net, powerMonitor } from 'electron';
import type { PowerEvents } from '../ports/power-events.ts';
import type { Timer } from '../ports/timer.ts';

const onlineCheckMs = 60_000;

/** Electron tells of waking up; that the network came back is seen by a look a minute, since it raises no event in main. */
export function createElectronPowerEvents(timer: Timer): PowerEvents {
  return {
    onResume(listener) {
      powerMonitor.on('resume', listener);
      return () => powerMonitor.off('resume', listener);
    },
    onUnlock(listener) {
      powerMonitor.on('unlock-screen', listener);
      return () => powerMonitor.off('unlock-screen', listener);
    },
    onShutdown(listener) {
      // The system waits for the end of a process that asks it to, as it must until tokens are in the keychain.
      const hold = (event?: { preventDefault(): void }) => {
        event?.preventDefault();
        listener();
      };
      powerMonitor.on('shutdown', hold);
      return () => powerMonitor.off('shutdown', hold);
    },
    onOnline(listener) {
      let online = net.isOnline();
      let cancel = () => {};
      const look = () => {
        const now = net.isOnline();
        const isBack = now && !online;
        online = now;
        cancel = timer.schedule(onlineCheckMs, look);
        if (isBack) listener();
      };
      cancel = timer.schedule(onlineCheckMs, look);
      return () => cancel();
    },
  };
}
