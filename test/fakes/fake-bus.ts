import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';

/** A hand-written D-Bus message bus on its own socket. It accepts every client and answers as the test says. */
export class FakeBus {
  readonly path: string;
  connections = 0;
  /** The answer to a client's `AUTH EXTERNAL`. */
  welcome = 'OK 0123456789abcdef\r\n';
  /** Handles a call; the bus answers `Hello` itself. */
  onCall: (serial: number, socket: Socket, call: Buffer) => void = () => {};
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(path: string) {
    this.path = path;
    this.#server = createServer((socket) => this.#take(socket));
  }

  listen(): Promise<void> {
    return new Promise((resolve) => void this.#server.listen(this.path, resolve));
  }

  /** Sends a message that answers no call. */
  send(sent: Buffer): void {
    for (const socket of this.#sockets) socket.write(sent);
  }

  /** Closes all connections. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    await new Promise((resolve) => void this.#server.close(resolve));
    rmSync(this.path, { force: true });
  }

  #take(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    let unread: Buffer = Buffer.alloc(0);
    let read = (bytes: Buffer): number =>
      this.#takeIn(bytes, socket, () => (read = (more) => this.#readCall(more, socket)));
    socket.on('data', (bytes: Buffer) => {
      unread = Buffer.concat([unread, bytes]);
      for (let taken = read(unread); taken > 0; taken = read(unread)) unread = unread.subarray(taken);
    });
  }

  /** Handles one line of the authentication. Returns its length in bytes; 0 if the line is incomplete. */
  #takeIn(bytes: Buffer, socket: Socket, onBegun: () => void): number {
    const line = /^[^\n]*\n/.exec(bytes.toString('latin1'))?.[0] ?? '';
    if (line.includes('AUTH EXTERNAL')) socket.write(this.welcome);
    if (line.startsWith('BEGIN')) onBegun();
    return line.length;
  }

  /** Handles one call. Returns its length in bytes; 0 if the call is incomplete. */
  #readCall(bytes: Buffer, socket: Socket): number {
    const length = bytes.length < 16 ? 16 : Math.ceil((16 + bytes.readUInt32LE(12)) / 8) * 8 + bytes.readUInt32LE(4);
    if (bytes.length < length) return 0;
    const serial = bytes.readUInt32LE(8);
    if (bytes.subarray(0, length).includes('Hello')) socket.write(reply(serial, ':1.7'));
    else this.onCall(serial, socket, bytes.subarray(0, length));
    return length;
  }
}

/** A bus that the environment names as the session's, for the tests of one `describe`. */
export function fakeSessionBus(): FakeBus {
  const fake = new FakeBus(join(tmpdir(), `fake-bus-${randomUUID()}`));
  beforeAll(async () => {
    await fake.listen();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${fake.path}`);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await fake.close();
  });
  return fake;
}

/** A reply with one value. `inVariant`: wrapped in a variant, like the value of a property. */
export function reply(serial: number, value: boolean | string, { inVariant = false, bigEndian = false } = {}): Buffer {
  const type = typeof value === 'boolean' ? 'b' : 's';
  const number = numberIn(bigEndian);
  const plain = typeof value === 'boolean' ? number(Number(value)) : Buffer.concat([number(value.length), text(value)]);
  const body = inVariant ? Buffer.concat([Buffer.from([1]), text(type), Buffer.alloc(1), plain]) : plain;
  return message(
    2,
    serial,
    [field(8, 'g', Buffer.concat([Buffer.from([1]), text(inVariant ? 'v' : type)]))],
    body,
    bigEndian,
  );
}

/** A reply with lists of object paths. */
export function listsReply(serial: number, lists: readonly (readonly string[])[]): Buffer {
  let body: Buffer = Buffer.alloc(0);
  const add = (...parts: readonly Buffer[]) => (body = Buffer.concat([body, ...parts]));
  const align = () => add(Buffer.alloc((4 - (body.length % 4)) % 4));
  const number = numberIn(false);
  for (const list of lists) {
    align();
    const lengthAt = body.length;
    add(number(0));
    for (const path of list) {
      align();
      add(number(path.length), text(path));
    }
    body.writeUInt32LE(body.length - lengthAt - 4, lengthAt);
  }
  const signature = 'ao'.repeat(lists.length);
  const fields = [field(8, 'g', Buffer.concat([Buffer.from([signature.length]), text(signature)]))];
  return message(2, serial, fields, body, false);
}

/** An error reply to a call. */
export function errorReply(serial: number, name: string): Buffer {
  const named = field(4, 's', Buffer.concat([numberIn(false)(name.length), text(name)]));
  return message(3, serial, [named], Buffer.alloc(0), false);
}

/** A signal without values, which the bus sends to all its clients. */
export function signal(name: string): Buffer {
  const named = field(3, 's', Buffer.concat([numberIn(false)(name.length), text(name)]));
  return message(4, 0, [named], Buffer.alloc(0), false);
}

const text = (value: string) => Buffer.from(`${value}\0`);

const numberIn = (bigEndian: boolean) => (value: number) => {
  const bytes = Buffer.alloc(4);
  if (bigEndian) bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
};

const field = (code: number, type: string, value: Buffer) => Buffer.concat([Buffer.from([code, 1]), text(type), value]);

function message(type: number, serial: number, more: readonly Buffer[], body: Buffer, bigEndian: boolean): Buffer {
  const number = numberIn(bigEndian);
  const padded = (bytes: Buffer) =>
    Buffer.concat([bytes, Buffer.alloc(Math.ceil(bytes.length / 8) * 8 - bytes.length)]);
  const listed = [field(5, 'u', number(serial)), ...more];
  const fields = Buffer.concat(listed.map((each, place) => (place < listed.length - 1 ? padded(each) : each)));
  const start = Buffer.from([(bigEndian ? 'B' : 'l').charCodeAt(0), type, 1, 1]);
  return Buffer.concat([
    padded(Buffer.concat([start, number(body.length), number(99), number(fields.length), fields])),
    body,
  ]);
}
