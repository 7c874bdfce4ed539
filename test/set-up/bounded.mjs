import { spawn } from 'node:child_process';

/** `bounded.mjs SECONDS COMMAND ARGS…`: runs a command that may hang, and ends it when the time is over. */
const [seconds, command, ...args] = process.argv.slice(2);
const child = spawn(command ?? '', args, { stdio: ['ignore', 'inherit', 'ignore'] });
const limit = setTimeout(() => child.kill('SIGKILL'), Number(seconds) * 1000);
child.on('error', () => process.exit(127));
child.on('exit', (code) => {
  clearTimeout(limit);
  process.exit(code ?? 124);
});
