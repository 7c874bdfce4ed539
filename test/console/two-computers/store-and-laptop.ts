import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { usualPairingPort } from '../../../src-shared/pairing/pairing.ts';
import type { LaunchOptions } from '../console-app.ts';
import type { CommandOptions } from '../terminal.ts';
import type { HostileOutcome } from './hostile-store.ts';

/** The name of the Authorization server. Only the laptop knows its address. */
export const serverName = 'auth.flc.test';
/** Other names of that computer. Nothing may be reached by them. */
const otherNames = [`a.${serverName}`, `token.${serverName}`, 'other.example'];
/** Where the Authorization server and the other servers of the test listen, as the laptop reaches them. */
export const outsideAddress = '10.231.9.1';
/** The same, for a test whose Authorization server is on the internet. Nobody can be there: the address is only in this network. */
export const publicAddress = '11.231.9.1';
/** The address of the laptop in the store. */
export const laptopAddress = '10.231.8.1';
/** The address of the store's computer. */
export const storeAddress = '10.231.8.2';
/** The address of the laptop in the second store, and that of the computer there. */
export const secondStore = { laptop: '10.231.8.5', store: '10.231.8.6' } as const;
/** The address of the laptop in a store whose network has IPv6 only. */
export const laptopAddressV6 = 'fd31:8::1';
const storeAddressV6 = 'fd31:8::2';

/** The laptop drops everything that the store sends to this address (RFC 5737). */
const silentAddress = '192.0.2.53';

const namespaces = { laptop: 'flc-laptop', store: 'flc-shop', secondStore: 'flc-shop-2' } as const;
export type Computer = keyof typeof namespaces;

export interface NetworkOptions {
  /** There is a second store at the same time. */
  readonly hasSecondStore?: boolean;
  /** The store's network has IPv6 only. */
  readonly isStoreV6?: boolean;
  /** The address of the Authorization server. Null: the laptop cannot resolve its name, so only a proxy leads there. */
  readonly server?: string | null;
}

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

/**
 * Runs in a namespace: passes connections on, and writes to a file what crosses in both directions, and to a file for each connection what
 * its client sent.
 */
const recorder = `
  const net = require('node:net');
  const { appendFileSync, createWriteStream } = require('node:fs');
  const [port, toPort, toHost, file] = process.argv.slice(1);
  const record = createWriteStream(file);
  let count = 0;
  net.createServer((socket) => {
    const to = net.connect(Number(toPort), toHost);
    const sent = file + '.sent-' + (count += 1);
    socket.on('data', (bytes) => appendFileSync(sent, bytes));
    for (const end of [socket, to]) {
      end.on('data', (bytes) => record.write(bytes));
      end.on('error', () => [socket, to].forEach((each) => each.destroy()));
    }
    socket.pipe(to).pipe(socket);
  }).listen(Number(port), () => console.log('open'));
`;

/** Runs in a namespace: sends each file on a connection of its own, and prints what came back until its end, in hexadecimal. */
const replayer = `
  const [port, host, ...files] = process.argv.slice(1);
  Promise.all(files.map((file) => new Promise((resolve) => {
    const socket = require('node:net').connect(Number(port), host);
    const answer = [];
    socket.on('data', (bytes) => answer.push(bytes));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(answer).toString('hex')));
    socket.write(require('node:fs').readFileSync(file));
  }))).then((answers) => console.log(JSON.stringify(answers)));
`;

/** Runs in a namespace: begins a pairing in that version of the protocol, and prints the body of the answer. */
const otherVersion = `
  const [port, host, version] = process.argv.slice(1);
  const body = JSON.stringify({ version: Number(version), request: 'AAAA' });
  const head = 'POST /pairing/start HTTP/1.1\\r\\nhost: x\\r\\ncontent-length: ' + body.length;
  const socket = require('node:tls').connect({ port: Number(port), host, rejectUnauthorized: false });
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes));
  socket.on('end', () => console.log(answer.split('\\r\\n\\r\\n')[1]));
  socket.write(head + '\\r\\n\\r\\n' + body);
`;

/** Runs in a namespace: prints a line for each connection that arrives at that port of any address. */
const witness = `
  require('node:net').createServer((socket) => {
    console.log('arrived');
    socket.destroy();
  }).listen(Number(process.argv[1]), '::', () => console.log('open'));
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

  readonly #options: NetworkOptions;

  private constructor(options: NetworkOptions) {
    this.#options = options;
    const made = makeCertificates(this.folder);
    this.tls = made.tls;
    this.#home = made.home;
  }

  /** Throws if this computer cannot make network namespaces. */
  static async open(options: NetworkOptions = {}): Promise<StoreAndLaptop> {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      throw new Error('This test needs two network namespaces, so it runs on Linux as root only.');
    removeAll();
    const both = new StoreAndLaptop(options);
    try {
      both.#makeNetworks();
      for (const computer of both.#computers) await both.#openDoor(computer);
    } catch (error) {
      await both.close();
      throw new Error('This computer cannot make network namespaces, which this test needs.', { cause: error });
    }
    return both;
  }

  get #computers(): readonly Computer[] {
    return this.#options.hasSecondStore ? ['laptop', 'store', 'secondStore'] : ['laptop', 'store'];
  }

  #makeNetworks(): void {
    const { laptop, store, secondStore: second } = namespaces;
    const { server = outsideAddress, isStoreV6 = false } = this.#options;
    for (const computer of this.#computers) makeNamespace(namespaces[computer], computer === 'laptop' ? server : null);
    const outside = server ?? outsideAddress;
    link(['flc-out', null, outside], ['flc-out-l', laptop, outside.replace(/1$/, '2')]);
    if (isStoreV6) link(['flc-in-l', laptop, laptopAddressV6], ['flc-in-s', store, storeAddressV6]);
    else {
      link(['flc-in-l', laptop, laptopAddress], ['flc-in-s', store, storeAddress]);
      ip('-n', store, 'route', 'add', silentAddress, 'via', laptopAddress);
    }
    if (this.#options.hasSecondStore)
      link(['flc-in-l2', laptop, secondStore.laptop], ['flc-in-s2', second, secondStore.store]);
  }

  /** The options with which a console starts on that computer. Its name server refuses every question, or never answers. */
  launchOptions(
    computer: Computer,
    nameServer: 'refusing' | 'silent' = 'refusing',
  ): Pick<LaunchOptions, 'env' | 'program'> {
    writeNameServer(namespaces[computer], nameServer === 'refusing' ? '127.0.0.1' : silentAddress);
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

  /** Sends the hostile requests to the laptop from the store, and then an earlier proof of the code: `hostile-store.ts`. */
  async hostileStore(address: string, code: string, issuer: string): Promise<HostileOutcome> {
    const script = join(import.meta.dirname, 'hostile-store.ts');
    return JSON.parse(await said(this.#inside('store', ['--import', 'tsx', script, address, code, issuer])));
  }

  /** Begins a pairing as a console of that version of the protocol at the store. Resolves to the laptop's answer. */
  async pairInVersion(version: number): Promise<unknown> {
    const args = [String(usualPairingPort), laptopAddress, String(version)];
    return JSON.parse(await said(this.#spawn('store', otherVersion, args)));
  }

  /** Records in a file all data between the store and a port of the laptop. The store has to connect to the returned port of its own. */
  async record(laptopPort: number): Promise<Recording> {
    const file = join(this.folder, `wire-${laptopPort}`);
    const port = 41_999;
    await said(this.#spawn('store', recorder, [String(port), String(laptopPort), laptopAddress, file]));
    return { port, file, laptopPort };
  }

  /**
   * Sends everything that the store sent while it was recorded to the laptop again, from the store. Resolves to what the laptop sent back
   * on each connection until it closed it.
   */
  async replay({ file, laptopPort }: Recording): Promise<readonly Buffer[]> {
    const recorded = readdirSync(this.folder)
      .filter((name) => name.startsWith(`${basename(file)}.sent-`))
      .map((name) => join(this.folder, name));
    const answers = await said(this.#spawn('store', replayer, [String(laptopPort), laptopAddress, ...recorded]));
    return (JSON.parse(answers) as string[]).map((hex) => Buffer.from(hex, 'hex'));
  }

  /** Counts what arrives at a port of the laptop's own addresses. */
  async watchLaptop(port: number): Promise<{ readonly arrived: number }> {
    const child = this.#spawn('laptop', witness, [String(port)]);
    await said(child);
    const seen = { arrived: 0 };
    child.stdout?.on('data', () => (seen.arrived += 1)).resume();
    return seen;
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

export interface Recording {
  /** Where the store connects in place of the laptop. */
  readonly port: number;
  /** All data in both directions. */
  readonly file: string;
  readonly laptopPort: number;
}

/** The first line. Fails if there is none. */
async function said(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The process has no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The process has ended without a line');
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

/** The end of a cable: its name, its namespace, and its address. The namespace null is this computer itself. */
type CableEnd = readonly [name: string, namespace: string | null, address: string];

function link(one: CableEnd, other: CableEnd): void {
  ip('link', 'add', one[0], 'type', 'veth', 'peer', 'name', other[0]);
  for (const [name, namespace, address] of [one, other]) {
    if (namespace !== null) ip('link', 'set', name, 'netns', namespace);
    const at = namespace === null ? [] : ['-n', namespace];
    // An IPv6 address would first be tested for a second after the cable is up.
    const asked = address.includes(':') ? [`${address}/126`, 'nodad'] : [`${address}/30`];
    ip(...at, 'addr', 'add', ...asked, 'dev', name);
    ip(...at, 'link', 'set', name, 'up');
  }
}

/** `server`: the address of the Authorization server, if this computer can resolve its name. */
function makeNamespace(namespace: string, server: string | null): void {
  const files = join('/etc/netns', namespace);
  mkdirSync(files, { recursive: true });
  const names = server === null ? '' : `${server} ${[serverName, ...otherNames].join(' ')}\n`;
  writeFileSync(join(files, 'hosts'), `127.0.0.1 localhost\n${names}`);
  // Nothing answers there, so no name is resolved by accident.
  writeNameServer(namespace, '127.0.0.1');
  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
}

/** For the programs that start in the namespace from now on. */
function writeNameServer(namespace: string, address: string): void {
  writeFileSync(join('/etc/netns', namespace, 'resolv.conf'), `nameserver ${address}\n`);
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

function removeAll(): void {
  for (const args of [['link', 'del', 'flc-out'], ...Object.values(namespaces).map((name) => ['netns', 'del', name])]) {
    try {
      ip(...args);
    } catch {
      // There is none left from an earlier run.
    }
  }
  for (const name of Object.values(namespaces)) rmSync(join('/etc/netns', name), { recursive: true, force: true });
}
