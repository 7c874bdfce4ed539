import { net, powerMonitor } from 'electron';
import type { Timer } from '../../ports/timer.ts';

/** Reports when the computer wakes up, when the person unlocks it, when the network comes back, and when it is about to shut down. */
interface PowerEvents {
  onResume(listener: () => void): () => void;
  /** Only Windows and macOS report it. */
  onUnlock(listener: () => void): () => void;
  onShutdown(listener: () => void): () => void;
  onOnline(listener: () => void): () => void;
}

const onlineCheckMs = 60_000;

/** Power events come from Electron. A network that comes back raises no event in the main process, so it is polled every minute. */
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
      // This makes the system wait until the process has ended, so that it can put its tokens into the keychain first.
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
