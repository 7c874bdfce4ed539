import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runConsoleTests } from './e2e.mjs';
import { installPackages } from './install-packages.mjs';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

const results = {
  unit: join(repository, 'test-results/unit.json'),
  console: join(repository, 'test-results/console.json'),
};

/** All that must hold, in the order in which it fails fastest. */
await installPackages();
await installSystemPackages();
for (const file of Object.values(results)) rmSync(file, { force: true });
await stage('Types', tool('tsc'), ['--noEmit', '-p', 'tsconfig.json']);
await stage('Lint', tool('oxlint'), ['--type-aware', '--deny-warnings']);
await stage('Format', tool('biome'), ['format']);
await stage('Unit and integration tests', tool('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results.unit}`,
]);
say('Console tests (Playwright on a real Electron)');
const code = await runConsoleTests();
const counts = [countUnit(), countConsole()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
if (code !== 0 && failed === 0) giveUp('The console tests did not run to their end.');
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(code);

async function stage(name, command, args) {
  say(name);
  const { code: failure } = await run(command, args, { cwd: repository });
  if (failure !== 0) giveUp(`${name}: failed; what is wrong stands above.`);
}

function countUnit() {
  const { numPassedTests: ok, numFailedTests: bad } = JSON.parse(readFileSync(results.unit, 'utf8'));
  return { passed: ok, failed: bad };
}

function countConsole() {
  if (!existsSync(results.console)) return { passed: 0, failed: 0 };
  const { stats } = JSON.parse(readFileSync(results.console, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}
