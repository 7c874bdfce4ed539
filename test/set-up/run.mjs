import { spawn } from 'node:child_process';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command and shows its output. Resolves to its exit code. A signal to this process ends the command too. `progress` shows
 * all output on stderr. `capture` returns its stdout. `limitSeconds` ends the command and its process group after that time.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, capture?: boolean, quiet?: boolean, progress?: boolean, limitSeconds?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 if the command does not exist
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const ownGroup = Boolean(options.limitSeconds) && process.platform !== 'win32';
    const child = spawn(command, args, {
      stdio: ['inherit', outputOf(options), options.quiet ? 'ignore' : 'inherit'],
      env: options.env ?? process.env,
      cwd: options.cwd ?? process.cwd(),
      detached: ownGroup,
    });
    let output = '';
    child.stdout?.on('data', (data) => {
      output += data;
    });
    // A terminal sends Ctrl-C to the command as well, unless the command is in another process group.
    const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY && !ownGroup) || child.kill(signal);
    for (const signal of passedOn) process.on(signal, pass);
    const end = () => {
      process.stderr.write(`Ended: it had not finished within ${options.limitSeconds} s\n`);
      if (ownGroup && child.pid) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    };
    const limit = options.limitSeconds && setTimeout(end, options.limitSeconds * 1000);
    const finish = (code) => {
      clearTimeout(limit);
      for (const signal of passedOn) process.off(signal, pass);
      resolve({ code, output });
    };
    child.on('error', () => finish(127));
    child.on('close', (code, signal) => finish(code ?? (signal ? 128 : 1)));
  });
}

function outputOf({ capture, progress }) {
  if (capture) return 'pipe';
  return progress ? 2 : 'inherit';
}
