import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

const sources = ['src-main', 'src-renderer', 'src-shared'];
const settings = ['electron.vite.config.ts', 'package-lock.json', 'tsconfig.json'];

/** Builds the console where a source is newer than what was built. A test build has a clock that tests can move. */
export async function buildConsole(mode = 'production') {
  const built = join(repository, mode === 'test' ? 'out/test' : 'out', 'renderer/index.html');
  if (existsSync(built) && statSync(built).mtimeMs > newestSourceMs()) return;
  say(`Building the console (${mode})`);
  const { code } = await run(tool('electron-vite'), ['build', '--mode', mode, '--logLevel', 'warn'], {
    cwd: repository,
  });
  if (code !== 0) giveUp('The build failed; what is wrong stands above.');
}

function newestSourceMs() {
  const files = sources.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true }).map((name) => join(folder, String(name))),
  );
  return Math.max(...[...files, ...settings].map((file) => statSync(join(repository, file)).mtimeMs));
}
