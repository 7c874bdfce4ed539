import { packageConsole } from './dist.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { giveUp, say } from './say.mjs';

/** The installers that people get: made with the declared Electron alone. */
await installPackages();
const runtime = await resolveElectronRuntime();
if (runtime.source !== 'official') {
  giveUp(
    `A release is made with the declared Electron. What was found is ${runtime.source} (${runtime.why}). Run this where the official one can be downloaded.`,
  );
}
await packageConsole(runtime, []);
say('The installers are in dist/');
