// Comes first, so that an error while the other modules load also ends the start with an explanation.
import './start/cannot-start.ts';
import { join } from 'node:path';
import { app } from 'electron';
import { accountLookup } from './adapters/computer/os-account.ts';
import { ownComputer } from './adapters/computer/own-computer.ts';
import { systemClock } from './adapters/computer/system-clock.ts';
import { administratorNoticeFile } from './adapters/desktop/administrator-notice.ts';
import { supportContactFile } from './adapters/desktop/support-contact.ts';
import { machineFolder } from './adapters/disk/machine-license-marker.ts';
import { startConsole } from './start/start-console.ts';

const { platform, env } = process;

// Loads most modules while Chromium starts its processes, so that the window appears sooner.
const composition = import('./compose.ts');

startConsole({
  refusesSwitches: app.isPackaged,
  compose: async (folders, preset) => {
    const { composeConsole } = await composition;
    return composeConsole(
      {
        clock: systemClock,
        computer: ownComputer(),
        secretStoreProcess: join(import.meta.dirname, 'secret-store-process.js'),
      },
      {
        ...folders,
        machineFolder: { path: machineFolder(platform, env), accountOf: accountLookup(platform) },
        preload: join(import.meta.dirname, '../preload/preload.cjs'),
        renderer: join(import.meta.dirname, '../renderer'),
        administratorNotice: { file: administratorNoticeFile(platform, env), owner: 0 },
        supportContact: { file: supportContactFile(platform, env), owner: 0 },
      },
      preset,
    );
  },
});
