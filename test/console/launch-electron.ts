import { _electron, type ElectronApplication } from '@playwright/test';

/** How many starts of one run may crash this way. More would be a fault of the console. */
const mostCrashes = 2;
let crashes = 0;

/**
 * Starts Electron under Playwright. Electron now and then crashes at the moment at which Playwright connects to its developer tools,
 * whatever the program (microsoft/vscode#318572). Such a start, and no other that fails, is tried once more, and is reported.
 */
export async function launchElectron(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (thrown) {
    if (!isCrashOnConnecting(String(thrown)) || crashes === mostCrashes) throw thrown;
    crashes += 1;
    console.log(`Electron crashed when Playwright connected to it: start tried again (${crashes} of ${mostCrashes})`);
    return _electron.launch(options);
  }
}

/** The connection to the developer tools is the last thing that happened before the process crashed. */
function isCrashOnConnecting(callLog: string): boolean {
  return callLog.includes('electron.launch: WebSocket error: socket hang up') && callLog.includes('signal=SIGSEGV');
}
