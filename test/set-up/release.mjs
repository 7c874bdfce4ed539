import { packageConsole } from './dist.mjs';
import { releaseRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { giveUp } from './say.mjs';

/** Builds the installers for release. They use only the declared Electron, never a stand-in or an override. */
await installPackages();
const runtime = await releaseRuntime();
if (!runtime) {
  giveUp(
    'A release is made with the declared Electron alone, and that could not be downloaded here. Run this where it can be; "npm run dist" packages with a stand-in.',
  );
}
await packageConsole(runtime, []);
process.stdout.write(`\nThe installers are in dist/, with the declared Electron ${runtime.version}\n`);
