import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeCall, messageLength } from '../../src-main/adapters/desktop/bus-message.ts';
import { busPaths } from '../../src-main/adapters/desktop/session-bus.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

/** A panel of the test session that shows tray icons: it serves `org.kde.StatusNotifierWatcher` on the session's real bus. */
export class SessionPanel {
  /** The icons that it shows now, each by the name of its connection to the bus. */
  items: readonly string[] = [];
  readonly #socket: Socket;
  #isHost: boolean;
  #unread: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, isHost: boolean) {
    this.#socket = socket;
    this.#isHost = isHost;
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.write(encodeCall({ ...bus, method: 'Hello' }, 1));
    socket.write(encodeCall({ ...bus, method: 'AddMatch', args: ["type='signal',member='NameOwnerChanged'"] }, 2));
    socket.write(requestName());
  }

  /** `isHost`: false for a desktop whose watcher starts before the panel that shows the icons. */
  static async start({ isHost = true } = {}): Promise<SessionPanel> {
    const [path] = busPaths(process.env);
    if (path === undefined) throw new Error('The test session has no bus');
    const socket = connect(path);
    await once(socket, 'connect');
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.())).toString('hex')}\r\n`);
    await once(socket, 'data');
    socket.write('BEGIN\r\n');
    return new SessionPanel(socket, isHost);
  }

  /** The panel that shows the icons starts or ends; the watcher stays. */
  setHost(isHost: boolean): void {
    this.#isHost = isHost;
    const name = isHost ? 'StatusNotifierHostRegistered' : 'StatusNotifierHostUnregistered';
    const fields = [field(1, 'o', '/StatusNotifierWatcher'), field(2, 's', watcher), field(3, 's', name)];
    this.#socket.write(message(4, fields, Buffer.alloc(0)));
  }

  async stop(): Promise<void> {
    this.#socket.end();
    await once(this.#socket, 'close');
  }

  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    for (let length = messageLength(this.#unread); length !== null; length = messageLength(this.#unread)) {
      if (this.#unread.length < length) return;
      const whole = this.#unread.subarray(0, length);
      this.#unread = this.#unread.subarray(length);
      if (whole[1] === 1) this.#answer(whole);
      // A connection's own name changes its owner only when the connection ends.
      else if (textOf(whole, 3) === 'NameOwnerChanged')
        this.items = this.items.filter((item) => !whole.includes(`${item}\0`));
    }
  }

  #answer(call: Buffer): void {
    const member = textOf(call, 3);
    const to = [field(5, 'u', call.readUInt32LE(8)), field(6, 's', textOf(call, 7))];
    const text = call.toString('latin1');
    if (member === 'RegisterStatusNotifierItem') this.items = [...this.items, textOf(call, 7)];
    if (member !== 'Get') return void this.#socket.write(message(2, to, Buffer.alloc(0)));
    const isVersion = text.includes('ProtocolVersion');
    const value = uint32(isVersion ? 0 : Number(this.#isHost));
    const variant = Buffer.concat([Buffer.from(`\x01${isVersion ? 'i' : 'b'}\0\0`), value]);
    this.#socket.write(message(2, [...to, field(8, 'g', 'v')], variant));
  }
}

/** The text in the header field with this code. Empty if there is none. */
function textOf(message: Buffer, code: number): string {
  const found = message.indexOf(Buffer.from([code, 1, 's'.charCodeAt(0), 0]));
  if (found === -1) return '';
  const at = found + 4;
  return message.toString('latin1', at + 4, at + 4 + message.readUInt32LE(at));
}

/** Asks the bus for the watcher's name, and not to wait for it if another program has it. */
function requestName(): Buffer {
  const fields = [field(1, 'o', bus.path), field(2, 's', bus.interface), field(3, 's', 'RequestName')];
  const name = Buffer.concat([uint32(watcher.length), Buffer.from(`${watcher}\0`)]);
  const body = Buffer.concat([padded(name, 4), uint32(4)]);
  return message(1, [...fields, field(6, 's', bus.to), field(8, 'g', 'su')], body);
}

const padded = (bytes: Buffer, to: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(Math.ceil(bytes.length / to) * to - bytes.length)]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function field(code: number, type: 'o' | 's' | 'g' | 'u', value: string | number): Buffer {
  const head = Buffer.from([code, 1, type.charCodeAt(0), 0]);
  if (typeof value === 'number') return Buffer.concat([head, uint32(value)]);
  const length = type === 'g' ? Buffer.from([value.length]) : uint32(value.length);
  return Buffer.concat([head, length, Buffer.from(`${value}\0`)]);
}

/** `type`: 1 for a call, 2 for its answer, 4 for a signal. */
function message(type: number, fields: readonly Buffer[], body: Buffer): Buffer {
  const last = fields.length - 1;
  const listed = Buffer.concat(fields.map((each, place) => (place < last ? padded(each, 8) : each)));
  const start = Buffer.from(['l'.charCodeAt(0), type, 0, 1]);
  return Buffer.concat([
    padded(Buffer.concat([start, uint32(body.length), uint32(7), uint32(listed.length), listed]), 8),
    body,
  ]);
}
