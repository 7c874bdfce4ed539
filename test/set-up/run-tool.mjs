import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chosenEnvironment } from './chosen-environment.mjs';
import { repository } from './repository.mjs';
import { run } from './run.mjs';

/** The tools from npm packages, each with its package. */
const packageOf = {
  biome: '@biomejs/biome',
  'electron-builder': 'electron-builder',
  'electron-fuses': '@electron/fuses',
  'electron-vite': 'electron-vite',
  oxlint: 'oxlint',
  playwright: '@playwright/test',
  tsc: 'typescript',
  tsx: 'tsx',
  vitest: 'vitest',
};

/**
 * Runs a tool in the repository with the chosen environment. It uses the Node.js of this process, so it needs no shell, even on
 * Windows.
 */
export function runTool(name, args, options = {}) {
  return run(process.execPath, [toolScript(name), ...args], { cwd: repository, env: chosenEnvironment(), ...options });
}

/** The path of a tool's script. */
export function toolScript(name) {
  const manifest = join(repository, 'node_modules', packageOf[name], 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}

/** Runs npm: the one that started this process, if there is one. */
export function runNpm(args, options = {}) {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? run(process.execPath, [script, ...args], options) : run('npm', args, options);
}
