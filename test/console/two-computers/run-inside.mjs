#!/usr/bin/env node
/**
 * Runs the console in a network namespace. Playwright starts it in place of Electron. Its debuggers listen on the loopback address of the
 * namespace, which nobody outside can reach, so their ports are opened outside too, and the lines that name them are changed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

const { FLC_NAMESPACE: namespace = '', FLC_DOOR: door = '', FLC_ELECTRON: electron = '' } = process.env;

// If this process is killed, the console is killed with it.
const inside = ['--pdeathsig', 'KILL', 'ip', 'netns', 'exec', namespace, electron, ...process.argv.slice(2)];
const child = spawn('setpriv', inside, { stdio: ['pipe', 'inherit', 'pipe'] });
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));

for await (const line of createInterface({ input: child.stderr })) {
  const [, before, port, after] = /^(.* listening on ws:\/\/127\.0\.0\.1:)(\d+)(\/.*)$/.exec(line) ?? [];
  process.stderr.write(port === undefined ? `${line}\n` : `${before}${await openOutside(port)}${after}\n`);
}

/** A port outside that leads to that port in the namespace. */
async function openOutside(port) {
  const server = createServer((socket) => {
    const through = connect(door);
    through.write(`${port}\n`);
    socket.pipe(through).pipe(socket);
    for (const end of [socket, through]) end.on('error', () => [socket, through].forEach((each) => each.destroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return server.address().port;
}
