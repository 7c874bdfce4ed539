import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LaunchOptions } from '../console-app.ts';
import type { CommandOptions } from '../terminal.ts';

/** The name of the Authorization server. Only the laptop knows its address. */
export const serverName = 'auth.flc.test';
/** Where the Authorization server and the other servers of the test listen, as the laptop reaches them. */
export const outsideAddress = '10.231.9.1';
/** The address of the laptop in the store. */
export const laptopAddress = '10.231.8.1';
/** The address of the store's computer. */
export const storeAddress = '10.231.8.2';

const namespaces = { laptop: 'flc-laptop', store: 'flc-shop' } as const;
export type Computer = keyof typeof namespaces;

/**
 * Runs in a namespace. It listens at a Unix socket, which namespaces share. The first line of a connection names a port, and the
 * connection is passed on to that port.
 */
const doorkeeper = `
  const net = require('node:net');
  net.createServer((socket) => {
    socket.once('data', (first) => {
      const end = first.indexOf(10);
      const to = net.connect(Number(first.subarray(0, end)), '127.0.0.1');
      to.write(first.subarray(end + 1));
      socket.pipe(to).pipe(socket);
      to.on('error', () => socket.destroy());
    });
    socket.on('error', () => {});
  }).listen(process.argv[1], () => console.log('open'));
`;

/** Runs in a namespace: passes connections on, and writes to a file what crosses in both directions. */
const recorder = `
  const net = require('node:net');
  const [port, toPort, toHost, file] = process.argv.slice(1);
  const record = require('node:fs').createWriteStream(file);
  net.createServer((socket) => {
    const to = net.connect(Number(toPort), toHost);
    for (const end of [socket, to]) {
      end.on('data', (bytes) => record.write(bytes));
      end.on('error', () => [socket, to].forEach((each) => each.destroy()));
    }
    socket.pipe(to).pipe(socket);
  }).listen(Number(port), () => console.log('open'));
`;

/**
 * Two computers: a store's, which reaches only the laptop, and a laptop, which also reaches the Authorization server. Each is a Linux
 * network namespace. Both trust the CA of the Authorization server's certificate.
 */
export class StoreAndLaptop {
  readonly folder = mkdtempSync(join(tmpdir(), 'two-computers-'));
  /** The certificate of the Authorization server, for its name. */
  readonly tls: { readonly key: string; readonly cert: string };
  readonly #home: string;
  readonly #processes: ChildProcess[] = [];

  private constructor() {
    const made = makeCertificates(this.folder);
    this.tls = made.tls;
    this.#home = made.home;
  }

  /** Throws if this computer cannot make network namespaces. */
  static async open(): Promise<StoreAndLaptop> {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      throw new Error('This test needs two network namespaces, so it runs on Linux as root only.');
    removeAll();
    const both = new StoreAndLaptop();
    try {
      link('flc-out', null, outsideAddress, 'flc-out-l', namespaces.laptop, '10.231.9.2');
      link('flc-in-l', namespaces.laptop, laptopAddress, 'flc-in-s', namespaces.store, storeAddress);
      for (const computer of ['laptop', 'store'] as const) await both.#openDoor(computer);
    } catch (error) {
      await both.close();
      throw new Error('This computer cannot make network namespaces, which this test needs.', { cause: error });
    }
    return both;
  }

  /** The options with which a console starts on that computer. */
  launchOptions(computer: Computer): Pick<LaunchOptions, 'env' | 'program'> {
    return {
      program: join(import.meta.dirname, 'run-inside.mjs'),
      env: { HOME: this.#home, FLC_NAMESPACE: namespaces[computer], FLC_DOOR: this.#door(computer) },
    };
  }

  /** The options with which a terminal command runs on the store's computer. */
  get storeTerminal(): Pick<CommandOptions, 'env' | 'through'> {
    return { env: { HOME: this.#home }, through: ['ip', 'netns', 'exec', namespaces.store] };
  }

  /** Asks the laptop from the store for connections to these places, without a console. */
  rawStore(address: string, code: string, issuer: string, authorities: readonly string[]): RawStore {
    const script = join(import.meta.dirname, 'raw-store.ts');
    const child = this.#inside('store', ['--import', 'tsx', script, address, code, issuer, ...authorities]);
    return new RawStore(child);
  }

  /** Records in a file all data between the store and a port of the laptop. The store has to connect to the returned port of its own. */
  async record(laptopPort: number): Promise<{ readonly port: number; readonly file: string }> {
    const file = join(this.folder, `wire-${laptopPort}`);
    const port = 41_999;
    await said(this.#spawn('store', recorder, [String(port), String(laptopPort), laptopAddress, file]));
    return { port, file };
  }

  async close(): Promise<void> {
    for (const child of this.#processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    removeAll();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #door(computer: Computer): string {
    return join(this.folder, `${computer}.door`);
  }

  async #openDoor(computer: Computer): Promise<void> {
    await said(this.#spawn(computer, doorkeeper, [this.#door(computer)]));
  }

  #spawn(computer: Computer, script: string, args: readonly string[]): ChildProcess {
    return this.#inside(computer, ['-e', script, ...args]);
  }

  #inside(computer: Computer, args: readonly string[]): ChildProcess {
    const inside = ['netns', 'exec', namespaces[computer], process.execPath, ...args];
    const child = spawn('ip', inside, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#processes.push(child);
    return child;
  }
}

/** A paired store without a console: `raw-store.ts`. */
class RawStore {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(child: ChildProcess) {
    this.#child = child;
    if (!child.stdout) throw new Error('The process has no output');
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** The outcome of each connection. */
  async outcomes(): Promise<Record<string, string>> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('The raw store has ended');
    return JSON.parse(value) as Record<string, string>;
  }

  again(): Promise<Record<string, string>> {
    this.#child.stdin?.write('again\n');
    return this.outcomes();
  }
}

/** Waits for the first line. */
async function said(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(createInterface({ input: child.stdout }), 'line');
}

/** Makes a CA, a certificate for the Authorization server, and a home folder whose Chromium trusts the CA. */
function makeCertificates(folder: string): { home: string; tls: { key: string; cert: string } } {
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  run('openssl', 'req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Test CA');
  writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${serverName}\nextendedKeyUsage=serverAuth\n`);
  run('openssl', 'req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${serverName}`);
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '29', '-extfile', 'names'];
  const cert = run('openssl', 'x509', '-req', '-in', 'server.csr', ...signed);
  const home = join(folder, 'home');
  const store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  run('certutil', '-N', '--empty-password', '-d', `sql:${store}`);
  run('certutil', '-A', '-n', 'Test CA', '-t', 'C,,', '-i', 'ca.pem', '-d', `sql:${store}`);
  return { home, tls: { key: readFileSync(join(folder, 'server.key'), 'utf8'), cert } };
}

/** Makes missing namespaces, and a cable between them. Null is this computer itself. */
function link(one: string, oneIn: string | null, oneIp: string, other: string, otherIn: string, otherIp: string): void {
  for (const namespace of [oneIn, otherIn]) if (namespace !== null) makeNamespace(namespace);
  ip('link', 'add', one, 'type', 'veth', 'peer', 'name', other);
  for (const [name, namespace, address] of [
    [one, oneIn, oneIp],
    [other, otherIn, otherIp],
  ] as const) {
    if (namespace !== null) ip('link', 'set', name, 'netns', namespace);
    const at = namespace === null ? [] : ['-n', namespace];
    ip(...at, 'addr', 'add', `${address}/30`, 'dev', name);
    ip(...at, 'link', 'set', name, 'up');
  }
}

const made = new Set<string>();

function makeNamespace(namespace: string): void {
  if (made.has(namespace)) return;
  const files = join('/etc/netns', namespace);
  mkdirSync(files, { recursive: true });
  const name = namespace === namespaces.laptop ? `${outsideAddress} ${serverName}\n` : '';
  writeFileSync(join(files, 'hosts'), `127.0.0.1 localhost\n${name}`);
  // Nothing answers there, so no name is resolved by accident.
  writeFileSync(join(files, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  made.add(namespace);
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

function removeAll(): void {
  made.clear();
  for (const args of [['link', 'del', 'flc-out'], ...Object.values(namespaces).map((name) => ['netns', 'del', name])]) {
    try {
      ip(...args);
    } catch {
      // There is none left from an earlier run.
    }
  }
  for (const name of Object.values(namespaces)) rmSync(join('/etc/netns', name), { recursive: true, force: true });
}
