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
      powerMonitor.on('shutdown', listener);
      return () => powerMonitor.off('shutdown', listener);
    },
    onOnline(listener) {
      let online = net.isOnline();
      let cancel = () => {};
      const look = () => {
        const now = net.isOnline();
        if (now && !online) listener();
        online = now;
        cancel = timer.schedule(onlineCheckMs, look);
      };
      cancel = timer.schedule(onlineCheckMs, look);
      return () => cancel();
    },
  };
}
