import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Target } from './ways-out.ts';

const place = 'flc-store';
const [here, there] = ['10.231.7.1', '10.231.7.2'] as const;

/** Runs in the namespace: prints its port, then a line for each connection and each datagram. */
const witness = `
  const server = require('node:net').createServer((socket) => { console.log('arrived'); socket.on('error', () => {}); socket.end(); });
  server.listen(0, '${there}', () => {
    const udp = require('node:dgram').createSocket('udp4');
    udp.on('message', () => console.log('arrived'));
    udp.bind(server.address().port, '${there}', () => console.log(String(server.address().port)));
  });
`;

/** Simulates another computer in the store's network, with a Linux network namespace that is linked to this computer. */
export class StoreNetwork {
  readonly target: Target;
  arrived = 0;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.target = { host: there, port };
  }

  /** Null if no namespace can be created, which needs root on Linux. */
  static async open(): Promise<StoreNetwork | null> {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
    remove();
    try {
      ip('netns', 'add', place);
      ip('link', 'add', 'flc-here', 'type', 'veth', 'peer', 'name', 'flc-there');
      ip('link', 'set', 'flc-there', 'netns', place);
      ip('addr', 'add', `${here}/30`, 'dev', 'flc-here');
      ip('link', 'set', 'flc-here', 'up');
      ip('-n', place, 'addr', 'add', `${there}/30`, 'dev', 'flc-there');
      ip('-n', place, 'link', 'set', 'flc-there', 'up');
    } catch {
      remove();
      return null;
    }
    const child = spawn('ip', ['netns', 'exec', place, process.execPath, '-e', witness], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, 'line')) as [string];
    const network = new StoreNetwork(child, Number(port));
    lines.on('line', () => (network.arrived += 1));
    return network;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    remove();
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'ignore' });
}

function remove(): void {
  for (const args of [
    ['link', 'del', 'flc-here'],
    ['netns', 'del', place],
  ]) {
    try {
      ip(...args);
    } catch {
      // There is none left from an earlier run.
    }
  }
}
