import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, summaryOf } from './count-results.mjs';
import { runConsoleTests } from './e2e.mjs';
import { installPackages } from './install-packages.mjs';
import { runTool } from './run-tool.mjs';
import { say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

const results = mkdtempSync(join(tmpdir(), 'license-console-results-'));
const unitResults = join(results, 'unit.json');
const consoleResults = join(results, 'console.json');
const unitReporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`];

/** All checks, fastest to fail first. */
const stages = [
  ['Types', () => exitCode('tsc', ['--noEmit', '-p', 'tsconfig.json'])],
  ['Lint', () => exitCode('oxlint', ['--type-aware', '--deny-warnings'])],
  ['Format', () => exitCode('biome', ['format'])],
  ['Unit and integration tests', () => exitCode('vitest', ['run', ...unitReporters])],
  ['Console tests (Playwright on a real Electron)', () => runConsoleTests([], consoleResults)],
];

let running = 'Set-up';
process.on('exit', summarize);
await installPackages();
await installSystemPackages();
for (const [name, stage] of stages) {
  running = name;
  say(name);
  if ((await stage()) !== 0) process.exit(1);
}
running = '';

/** Prints the last line with only the counts, however the run ends. */
function summarize() {
  const counts = [countVitest(unitResults), countPlaywright(consoleResults)];
  rmSync(results, { recursive: true, force: true });
  if (running)
    process.stderr.write(`\n✖ ${running}: failed; what is wrong stands above. What comes after it was not run.\n`);
  process.stdout.write(`\n${summaryOf(counts, running !== '')}\n`);
}

async function exitCode(tool, args) {
  return (await runTool(tool, args)).code;
}
