import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

/** Cookies are encrypted where the system's keychain is sure to answer; asar integrity is what these two support. */
const windowsOrMac = process.platform !== 'linux';
const fuses = [
  `--config.electronFuses.enableCookieEncryption=${windowsOrMac}`,
  `--config.electronFuses.enableEmbeddedAsarIntegrityValidation=${windowsOrMac}`,
];

/** Packages the console as a folder with the runtime that was resolved, and says which. */
export async function packageConsole(runtime, targets) {
  await buildConsole();
  const runtimeCopy = join(repository, 'dist/electron');
  rmSync(join(repository, 'dist'), { recursive: true, force: true });
  // A copy, since the fuses of what is packaged are not those of what runs the tests; without a default app.
  cpSync(runtime.distPath, runtimeCopy, {
    recursive: true,
    filter: (path) => !/resources[\\/](app|default_app\.asar)$/.test(path),
  });
  say(`Packaging with ${describeRuntime(runtime)}`);
  const args = [
    ...targets,
    '--publish',
    'never',
    `--config.electronDist=${runtimeCopy}`,
    `--config.electronVersion=${runtime.version}`,
    ...fuses,
  ];
  const { code } = await run(tool('electron-builder'), args, { cwd: repository });
  rmSync(runtimeCopy, { recursive: true, force: true });
  if (code !== 0) giveUp('Packaging failed; what is wrong stands above.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  const runtime = await resolveElectronRuntime();
  await packageConsole(runtime, ['--dir']);
  say(`Packaged with ${describeRuntime(runtime)}, in dist/`);
}
