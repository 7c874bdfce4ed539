import { powerSaveBlocker } from 'electron';
import type { StayAwake } from '../../ports/stay-awake.ts';

/** The operating system forgets the request when the process ends. */
export function createElectronStayAwake(): StayAwake {
  let id: number | null = null;
  return {
    set(isAwake) {
      if (isAwake === (id !== null)) return;
      if (id === null) id = powerSaveBlocker.start('prevent-app-suspension');
      else {
        powerSaveBlocker.stop(id);
        id = null;
      }
    },
  };
}
