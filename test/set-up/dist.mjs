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

const dist = join(repository, 'dist');
const stamp = join(dist, 'packaged-from');
const settings = [
  'electron-builder.yml',
  'test/set-up/set-fuses.mjs',
  'src-main/window/icon/icon.png',
  'src-main/installer/linux-after-install.sh',
  'src-main/installer/linux-launcher.sh',
  'src-main/installer/macos-launcher.sh',
  'src-main/installer/windows-launcher.cmd',
  'src-main/installer/windows-launcher.ps1',
];

/** Packages the console with a runtime, where that is not what stands in dist/ already. */
export async function packageConsole(runtime, targets) {
  await buildConsole();
  await oneAtATime('dist', async () => {
    if (isPackaged(runtime, targets)) return;
    const from = whatGoesIn(runtime, targets);
    rmSync(dist, { recursive: true, force: true });
    await makePackage(runtime, targets);
    writeFileSync(stamp, from);
  });
}

async function makePackage(runtime, targets) {
  say(`Packaging with ${describeRuntime(runtime)}`);
  const runtimeCopy = join(dist, 'electron');
  // A copy, since the fuses of what is packaged are not those of what runs the tests; without a default app.
  cpSync(runtime.distPath, runtimeCopy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/resources[\\/](app|default_app\.asar)$/i.test(path),
  });
  const runtimeSettings = [`--config.electronDist=${runtimeCopy}`, `--config.electronVersion=${runtime.version}`];
  const args = [...targets, '--publish', 'never', ...runtimeSettings];
  // It may download, and it signs with the keys that the machine's environment names.
  const { code } = await runTool('electron-builder', args, { progress: true, env: process.env });
  rmSync(runtimeCopy, { recursive: true, force: true });
  if (code !== 0) giveUp('Packaging failed; what is wrong stands above.');
}

function isPackaged(runtime, targets) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === whatGoesIn(runtime, targets);
}

function whatGoesIn({ version, distPath }, targets) {
  const changed = settings.map((file) => statSync(join(repository, file)).mtimeMs);
  return JSON.stringify([version, distPath, targets, newestSource(), ...changed]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  await installSystemPackages({ session: false });
  const runtime = await resolveElectronRuntime();
  await packageConsole(runtime, ['--dir']);
  process.stdout.write(`\nThe packaged app is in dist/, with ${describeRuntime(runtime)}\n`);
}
