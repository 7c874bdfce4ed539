import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildLicenseClient } from './build-license-client.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { repository } from './repository.mjs';
import { runTool } from './run-tool.mjs';
import { giveUp, say } from './say.mjs';

const sources = ['src-main', 'src-renderer', 'src-shared', 'test/console/test-build'];
const settings = [
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.license-client.json',
];

/**
 * Builds the console if its sources have changed since the last build. A test build has a clock that tests can set.
 * @param {'production' | 'test'} [mode]
 */
export async function buildConsole(mode = 'production') {
  if (!isBuilt(mode)) await oneAtATime(`build-${mode}`, () => build(mode));
}

async function build(mode) {
  if (isBuilt(mode)) return;
  say(`Building the console (${mode})`);
  const from = newestSource();
  rmSync(stampOf(mode), { force: true });
  const { code } = await runTool('electron-vite', ['build', '--mode', mode, '--logLevel', 'warn'], { progress: true });
  if (code !== 0) giveUp('The build failed; what is wrong stands above.');
  await oneAtATime('build-license-client', () => buildLicenseClient());
  writeFileSync(stampOf(mode), from);
}

function isBuilt(mode) {
  const page = join(repository, mode === 'test' ? 'out/test' : 'out', 'renderer/index.html');
  return existsSync(page) && existsSync(stampOf(mode)) && readFileSync(stampOf(mode), 'utf8') === newestSource();
}

/** The file with the time of the newest source that was built. The time is read before the build, since sources may change during it. */
function stampOf(mode) {
  return join(repository, 'out', `built-${mode}`);
}

/** When a source last changed, as text. A folder's own modification time shows added and removed files. */
export function newestSource() {
  const files = sources.flatMap((folder) => [
    folder,
    ...readdirSync(join(repository, folder), { recursive: true }).map((name) => join(folder, String(name))),
  ]);
  return String(Math.max(...[...files, ...settings].map((file) => statSync(join(repository, file)).mtimeMs)));
}
