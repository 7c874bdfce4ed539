import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildConsole, newestSource } from './build-console.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { repository } from './repository.mjs';
import { runTool } from './run-tool.mjs';
import { giveUp, say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** The source and output folders of each package. The test build accepts a debugger, which the released build refuses. */
const packages = {
  production: { dist: join(repository, 'dist'), out: 'out' },
  test: { dist: join(repository, 'out/packaged-test'), out: 'out/test' },
};
const settings = [
  'electron-builder.yml',
  'test/set-up/set-fuses.mjs',
  'src-main/desktop/icon/icon.png',
  'src-main/installer/linux-after-install.sh',
  'src-main/installer/linux-launcher.sh',
  'src-main/installer/macos-launcher.sh',
  'src-main/installer/windows-launcher.cmd',
  'src-main/installer/windows-launcher.ps1',
];

/**
 * Packages the console with a runtime, unless the same package exists already. The released build goes to dist/.
 * @param {'production' | 'test'} [mode]
 */
export async function packageConsole(runtime, targets, mode = 'production') {
  const { dist } = packages[mode];
  const stamp = join(dist, 'packaged-from');
  await buildConsole(mode);
  await oneAtATime(`dist-${mode}`, async () => {
    const from = whatGoesIn(runtime, targets);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === from) return;
    rmSync(dist, { recursive: true, force: true });
    await makePackage(runtime, targets, packages[mode]);
    writeFileSync(stamp, from);
  });
}

async function makePackage(runtime, targets, { dist, out }) {
  say(`Packaging with ${describeRuntime(runtime)}`);
  const runtimeCopy = join(dist, 'electron');
  // A copy, because packaging sets other fuses than the runtime of the tests has. The default app is left out.
  cpSync(runtime.distPath, runtimeCopy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/resources[\\/](app|default_app\.asar)$/i.test(path),
  });
  const runtimeSettings = [`--config.electronDist=${runtimeCopy}`, `--config.electronVersion=${runtime.version}`];
  const args = [...targets, '--publish', 'never', `--config=${settingsFile(dist, out)}`, ...runtimeSettings];
  // Uses the machine's environment: the packager may download, and it signs with the keys that the environment names.
  const { code } = await runTool('electron-builder', args, { progress: true, env: process.env });
  rmSync(runtimeCopy, { recursive: true, force: true });
  if (code !== 0) giveUp('Packaging failed; what is wrong stands above.');
}

/** Writes the packager's settings for a build and an output folder. */
function settingsFile(dist, out) {
  const text = readFileSync(join(repository, 'electron-builder.yml'), 'utf8');
  const from = text
    .replaceAll(/^ {2}- out\/(main|preload|renderer)\/\*\*$/gm, `  - from: ${out}/$1\n    to: out/$1`)
    .replace(/^ {2}output: dist$/m, `  output: ${dist}`);
  const file = join(dist, 'electron-builder.yml');
  writeFileSync(file, from);
  return file;
}

function whatGoesIn({ version, distPath }, targets) {
  const changed = settings.map((file) => statSync(join(repository, file)).mtimeMs);
  return JSON.stringify([version, distPath, targets, newestSource(), ...changed]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  await installSystemPackages({ session: false });
  const runtime = await resolveElectronRuntime();
  const mode = process.argv[2] === 'test' ? 'test' : 'production';
  await packageConsole(runtime, ['--dir'], mode);
  process.stdout.write(`\nThe packaged app is in ${packages[mode].dist}/, with ${describeRuntime(runtime)}\n`);
}
