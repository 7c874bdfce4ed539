import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { type BusCall, type BusReply, decodeReply, encodeCall, messageLength } from './bus-message.ts';

/**
 * Why a call was not answered. `no_address`: the environment names no bus. `no_bus`: no bus accepts connections at its address.
 * `no_answer`: the answer did not come in time. `ended`: the bus or the called service ended first.
 */
type BusTrouble = 'no_address' | 'no_bus' | 'no_answer' | 'ended';

/** An answer to a call, or an error that answers it. */
export type BusAnswer = BusReply | { readonly trouble: BusTrouble };

interface Waiting {
  readonly answer: (answer: BusAnswer) => void;
  readonly limit: ReturnType<typeof setTimeout>;
}

interface BusEvents {
  readonly ended: () => void;
  readonly signal: (name: string) => void;
}

/** The error that the bus returns if the called service disconnects without an answer. */
const goneInstead = 'org.freedesktop.DBus.Error.NoReply';
/** The bus itself, as the receiver of a call. */
export const bus = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

/**
 * The session's message bus (D-Bus Specification). All calls of the process share one connection, because a new connection for
 * each call can end the keyring: GNOME Keyring loses count of clients that come and go.
 */
export class SessionBus {
  /** Called with the name of each signal that arrives: those that the bus was asked for with `AddMatch`, and its own to this connection. */
  onSignal: (name: string) => void = () => {};
  readonly #env: NodeJS.ProcessEnv;
  readonly #limitMs: number;
  #connection: Promise<BusConnection | null> | null = null;

  constructor(env: NodeJS.ProcessEnv = process.env, limitMs = 2_000) {
    this.#env = env;
    this.#limitMs = limitMs;
  }

  /** Calls a method. Never rejects. If the connection has ended, the next call opens a new one. */
  async call(call: BusCall): Promise<BusAnswer> {
    if (busPaths(this.#env).length === 0) return { trouble: 'no_address' };
    this.#connection ??= this.#open();
    const connection = await this.#connection;
    if (!connection) return { trouble: 'no_bus' };
    return connection.call(call, this.#limitMs);
  }

  close(): void {
    void this.#connection?.then((connection) => connection?.end());
    this.#connection = null;
  }

  async #open(): Promise<BusConnection | null> {
    for (const path of busPaths(this.#env)) {
      const opened = await BusConnection.open(path, this.#limitMs, {
        ended: () => (this.#connection = null),
        signal: (name) => this.onSignal(name),
      });
      if (opened) return opened;
    }
    this.#connection = null;
    return null;
  }
}

/** The Unix sockets in the bus's address (D-Bus Specification, "Server Addresses"). Other transports are left out. */
export function busPaths({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): string[] {
  const listed = address ?? (runtime ? `unix:path=${join(runtime, 'bus')}` : '');
  return listed.split(';').flatMap((one) => {
    const [, kind, value] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(one) ?? [];
    if (kind === undefined || value === undefined) return [];
    const path = value.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    return [kind === 'abstract' ? `\0${path}` : path];
  });
}

class BusConnection {
  readonly #socket: Socket;
  readonly #events: BusEvents;
  readonly #waiting = new Map<number, Waiting>();
  #serial = 0;
  #unread: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, events: BusEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('close', () => {
      events.ended();
      for (const serial of this.#waiting.keys()) this.#answer(serial, { trouble: 'ended' });
    });
    // An open connection alone must not keep the process running.
    socket.unref();
  }

  /** Null if no bus at that path accepts this account. */
  static async open(path: string, limitMs: number, events: BusEvents): Promise<BusConnection | null> {
    const socket = await authenticated(path, limitMs);
    if (!socket) return null;
    const connection = new BusConnection(socket, events);
    const greeted = await connection.call({ ...bus, method: 'Hello' }, limitMs);
    if (!('trouble' in greeted) && greeted.error === undefined) return connection;
    connection.end();
    return null;
  }

  call(call: BusCall, limitMs: number): Promise<BusAnswer> {
    this.#serial += 1;
    const serial = this.#serial;
    return new Promise((answer) => {
      const limit = setTimeout(() => this.#answer(serial, { trouble: 'no_answer' }), limitMs);
      this.#waiting.set(serial, { answer, limit });
      if (this.#socket.destroyed) this.#answer(serial, { trouble: 'ended' });
      else this.#socket.write(encodeCall(call, serial));
    });
  }

  end(): void {
    this.#socket.destroy();
  }

  #answer(serial: number, answer: BusAnswer): void {
    const waiting = this.#waiting.get(serial);
    this.#waiting.delete(serial);
    clearTimeout(waiting?.limit);
    waiting?.answer(answer);
  }

  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    try {
      for (let length = messageLength(this.#unread); length !== null; length = messageLength(this.#unread)) {
        if (this.#unread.length < length) return;
        const reply = decodeReply(this.#unread.subarray(0, length));
        this.#unread = this.#unread.subarray(length);
        if (reply.signal !== undefined) this.#events.signal(reply.signal);
        else this.#answer(reply.replyTo, reply.error === goneInstead ? { trouble: 'ended' } : reply);
      }
    } catch {
      // This is not a D-Bus message, so nothing after it can be read.
      this.end();
    }
  }
}

/** Connects and authenticates as this account (D-Bus Specification, "Authentication Protocol"). Null if that fails. */
function authenticated(path: string, limitMs: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (result: Socket | null) => {
      clearTimeout(limit);
      socket.removeAllListeners('data').removeAllListeners('close');
      if (!result) socket.destroy();
      resolve(result);
    };
    const limit = setTimeout(() => finish(null), limitMs);
    socket.on('error', () => {});
    socket.on('close', () => finish(null));
    socket.on('connect', () =>
      socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.())).toString('hex')}\r\n`),
    );
    let received = '';
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      if (!received.includes('\r\n')) return;
      if (!received.startsWith('OK ')) return finish(null);
      socket.write('BEGIN\r\n');
      finish(socket);
    });
  });
}
