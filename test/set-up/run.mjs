import { spawn } from 'node:child_process';

/**
 * Runs a command and shows what it prints. Resolves to its exit code; a signal to this process ends the command too.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, capture?: boolean, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: options.capture ? ['ignore', 'pipe', options.quiet ? 'ignore' : 'inherit'] : 'inherit',
      env: options.env ?? process.env,
      cwd: options.cwd ?? process.cwd(),
    });
    let output = '';
    child.stdout?.on('data', (data) => {
      output += data;
    });
    const pass = (signal) => child.kill(signal);
    process.once('SIGTERM', pass);
    process.once('SIGINT', pass);
    child.on('error', () => resolve({ code: 127, output }));
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', pass);
      process.off('SIGINT', pass);
      resolve({ code: code ?? (signal ? 128 : 1), output });
    });
  });
}
