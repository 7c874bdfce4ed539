// Comes first, as in the product's entry.
import '../../../src-main/start/cannot-start.ts';
import { join } from 'node:path';
import { ownComputer } from '../../../src-main/adapters/computer/own-computer.ts';
import { systemClock } from '../../../src-main/adapters/computer/system-clock.ts';
import { administratorNoticeFile } from '../../../src-main/adapters/desktop/administrator-notice.ts';
import { supportContactFile } from '../../../src-main/adapters/desktop/support-contact.ts';
import type { Surroundings } from '../../../src-main/compose.ts';
import { startConsole } from '../../../src-main/start/start-console.ts';
import { KillPoints, wrapPorts } from './kill-points.ts';
import { createTestClock } from './test-clock.ts';

/** What a test chooses by the environment. */
const {
  FLC_TEST_CLOCK_OFFSET_MS: clockOffsetMs,
  FLC_TEST_COMPUTER: computer,
  FLC_TEST_KILL_FOLDER: killFolder,
  FLC_TEST_MACHINE_FOLDER: machineFolder,
} = process.env;

const composition = import('../../../src-main/compose.ts');

/** The same console as the product's, but the clock can be moved, and the console killed at a chosen moment. */
startConsole({
  refusesSwitches: false,
  compose: async (folders, preset) => {
    const { composeConsole } = await composition;
    return composeConsole(
      {
        clock: createTestClock(systemClock, Number(clockOffsetMs ?? 0)),
        computer: computer ? () => Promise.resolve({ id: computer, name: computer }) : ownComputer(),
        secretStoreProcess: join(import.meta.dirname, 'secret-store-process.js'),
        ...watched(),
      },
      {
        ...folders,
        // The console shares no folder with other accounts, unless the test names one. The test then also plays the other accounts.
        machineFolder: machineFolder ? { path: machineFolder, accountOf: null } : null,
        preload: join(import.meta.dirname, '../preload/preload.cjs'),
        renderer: join(import.meta.dirname, '../renderer'),
        // In the folder of the test, the file belongs to the account that runs the test.
        administratorNotice: machineFolder
          ? { file: join(machineFolder, 'notify.json'), owner: process.getuid?.() ?? 0 }
          : { file: administratorNoticeFile(process.platform, process.env), owner: 0 },
        supportContact: machineFolder
          ? { file: join(machineFolder, 'support.json'), owner: process.getuid?.() ?? 0 }
          : { file: supportContactFile(process.platform, process.env), owner: 0 },
      },
      preset,
    );
  },
});

function watched(): Pick<Surroundings, 'watch' | 'looksBeforeNext'> {
  if (!killFolder) return {};
  // For the keychain process.
  process.env['FLC_TEST_MAIN_PID'] = String(process.pid);
  const points = new KillPoints(killFolder, process.pid);
  // Their number of passes would otherwise depend on which request comes first.
  return { watch: (ports) => wrapPorts(ports, points), looksBeforeNext: false };
}
