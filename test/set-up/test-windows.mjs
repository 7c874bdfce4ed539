import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle, bundleForWindows, filesEnding } from '../windows/bundle-tests.mjs';
import { installPackages } from './install-packages.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { repository } from './repository.mjs';
import { giveUp, say } from './say.mjs';
import { openWindowsNode, pathOnWindows } from './windows-node.mjs';
import { windowsReport } from './windows-report.mjs';

/**
 * `npm run test:windows [-- PART-OF-A-NAME…]`: runs the unit tests, and the tests with real processes in test/windows/, on the
 * Node.js for Windows. Each file gets its own process. The last line has the counts.
 */
const wanted = process.argv.slice(2);
const secondsPerFile = 1200;

await installPackages();
const tests = [...filesEnding('test/unit', '.test.ts'), ...filesEnding('test/windows', '.test.ts')];
const chosen = tests.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
if (chosen.length === 0) giveUp('No test file has such a name.');

await oneAtATime('windows', async () => {
  say('Bundling the tests for Windows');
  mkdirSync(dirname(bundle), { recursive: true });
  await bundleForWindows([...chosen, ...filesEnding('test/windows', '.process.ts')], pathOnWindows);
  const windows = await openWindowsNode();
  say(`${chosen.length} files, by ${windows.name}`);
  try {
    const { text, failed } = windowsReport(await runAll(chosen, windows), process.platform !== 'win32');
    process.stdout.write(text);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await windows.close();
  }
});

async function runAll(files, windows) {
  const left = [...files];
  const results = [];
  const work = async () => {
    for (let file = left.shift(); file; file = left.shift()) {
      const ofFile = await runFile(file, windows);
      const failed = ofFile.filter(({ state }) => state === 'failed').length;
      process.stderr.write(
        `${failed > 0 ? '✖' : '✓'} ${file} (${ofFile.length} tests${failed > 0 ? `, ${failed} failed` : ''})\n`,
      );
      results.push(...ofFile);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  return results;
}

async function runFile(file, windows) {
  const source = readFileSync(join(repository, file), 'utf8');
  if (source.includes("vi.mock('node:") || source.includes('vi.resetModules('))
    return [
      {
        file,
        name: 'as a whole',
        state: 'skipped',
        reason: 'it replaces a module of Node.js or loads modules again, as only Vitest’s loader can',
      },
    ];
  const resultFile = join(dirname(bundle), `${file.replaceAll(/[\\/]/g, '_')}.json`);
  rmSync(resultFile, { force: true });
  const name = file.replaceAll('\\', '/');
  const { code, output } = await windows.run([bundle, name, resultFile], { seconds: secondsPerFile });
  if (code === 0 && existsSync(resultFile))
    return JSON.parse(readFileSync(resultFile, 'utf8')).map((result) => ({ file, ...result }));
  const reason = code === null ? `It had not finished within ${secondsPerFile} s.` : `It ended with ${code}.`;
  const last = output.split('\n').slice(-30).join('\n');
  return [{ file, name: 'as a whole', state: 'failed', reason: `${reason}\n${last}` }];
}
