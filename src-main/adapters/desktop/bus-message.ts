import { present } from '../../../src-shared/present.ts';

/** Messages of the D-Bus wire protocol (D-Bus Specification, "Message Protocol"). Only what the console's own calls need. */

/** A method to call. Each argument is a string or a table of strings. */
export interface BusCall {
  readonly to: string;
  readonly path: string;
  readonly interface: string;
  readonly method: string;
  readonly args?: readonly (string | Readonly<Record<string, string>>)[];
}

export interface BusReply {
  /** The serial of the call that this message answers; 0 if it answers none. */
  readonly replyTo: number;
  /** The signal's name, if the message is a signal. */
  readonly signal?: string;
  /** The error's name, if the reply is an error. */
  readonly error?: string;
  /** The first value, if it is a boolean, a 32-bit number, a string or an object path, or a variant that holds one of these. */
  readonly value?: boolean | number | string;
  /** All values, if each of them is a list of object paths. */
  readonly lists?: readonly (readonly string[])[];
}

/** In bytes. No answer to the console's calls is as long; a longer message is refused. */
const longestMessage = 1024 * 1024;
const shortestMessage = 16;
const types = { call: 1, error: 3, signal: 4 };
const fields = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 };

/** `serial` counts the calls of one connection, from 1. */
export function encodeCall({ to, path, interface: of, method, args = [] }: BusCall, serial: number): Buffer {
  const body = new Writer();
  for (const arg of args) {
    if (typeof arg === 'string') body.string(arg);
    else body.table(arg);
  }
  const header = new Writer();
  header
    .bytes(['l'.charCodeAt(0), types.call, 0, 1])
    .uint32(body.length)
    .uint32(serial);
  const listed = new Writer();
  listed.field(fields.path, 'o', path).field(fields.destination, 's', to).field(fields.interface, 's', of);
  listed.field(fields.member, 's', method);
  const signature = args.map((arg) => (typeof arg === 'string' ? 's' : 'a{ss}')).join('');
  if (args.length > 0) listed.field(fields.signature, 'g', signature);
  header.uint32(listed.length).append(listed.done()).align(8);
  return Buffer.concat([header.done(), body.done()]);
}

/** The length in bytes of the message that starts here. Null while its fixed header is incomplete. Throws `RangeError` if too long. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < shortestMessage) return null;
  const reader = new Reader(bytes);
  reader.at = 4;
  const bodyLength = reader.uint32();
  reader.at = 12;
  const length = aligned(shortestMessage + reader.uint32(), 8) + bodyLength;
  if (length > longestMessage) throw new RangeError('No message of this bus');
  return length;
}

/** Reads one whole message. Throws `RangeError` if the bytes are not a message. */
export function decodeReply(message: Buffer): BusReply {
  const reader = new Reader(message);
  const type = message[1];
  reader.at = 12;
  const end = shortestMessage + reader.uint32();
  const found = new Map<number, boolean | string | number | undefined>();
  while (reader.at < end) {
    reader.align(8);
    const field = reader.byte();
    found.set(field, reader.value(reader.signature()));
  }
  reader.align(8);
  const signature = found.get(fields.signature);
  const hasLists = typeof signature === 'string' && /^(ao)+$/.test(signature);
  const lists = hasLists ? Array.from({ length: signature.length / 2 }, () => reader.texts()) : undefined;
  const value = typeof signature === 'string' && signature !== '' ? reader.value(signature[0] ?? '') : undefined;
  const error = found.get(fields.errorName);
  return present({
    replyTo: Number(found.get(fields.replySerial) ?? 0),
    signal: type === types.signal ? String(found.get(fields.member) ?? '') : undefined,
    error: type === types.error ? String(error ?? '') : undefined,
    value,
    lists,
  });
}

function aligned(at: number, to: number): number {
  return Math.ceil(at / to) * to;
}

class Writer {
  #bytes: Buffer = Buffer.alloc(0);

  get length(): number {
    return this.#bytes.length;
  }

  done(): Buffer {
    return this.#bytes;
  }

  append(bytes: Buffer): this {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    return this;
  }

  align(to: number): this {
    return this.append(Buffer.alloc(aligned(this.length, to) - this.length));
  }

  bytes(values: readonly number[]): this {
    return this.append(Buffer.from(values));
  }

  uint32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.align(4).append(bytes);
  }

  string(text: string): this {
    return this.uint32(Buffer.byteLength(text)).append(Buffer.from(`${text}\0`));
  }

  /** The length of an array does not count the padding before its first element. */
  table(entries: Readonly<Record<string, string>>): this {
    const listed = new Writer();
    for (const [key, value] of Object.entries(entries)) listed.align(8).string(key).string(value);
    return this.uint32(listed.length).align(8).append(listed.done());
  }

  signature(text: string): this {
    return this.bytes([text.length]).append(Buffer.from(`${text}\0`));
  }

  field(code: number, type: string, text: string): this {
    this.align(8).bytes([code]).signature(type);
    return type === 'g' ? this.signature(text) : this.string(text);
  }
}

class Reader {
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#isLittle = bytes[0] === 'l'.charCodeAt(0);
  }

  align(to: number): void {
    this.at = aligned(this.at, to);
  }

  byte(): number {
    this.at += 1;
    return this.#bytes.readUInt8(this.at - 1);
  }

  uint32(): number {
    this.align(4);
    this.at += 4;
    return this.#isLittle ? this.#bytes.readUInt32LE(this.at - 4) : this.#bytes.readUInt32BE(this.at - 4);
  }

  signature(): string {
    return this.#text(this.byte());
  }

  /** Undefined for a type that is not supported here. The values after it cannot be read either. */
  value(type: string): boolean | string | number | undefined {
    if (type === 'v') return this.value(this.signature());
    if (type === 's' || type === 'o') return this.#text(this.uint32());
    if (type === 'g') return this.signature();
    if (type === 'u') return this.uint32();
    return type === 'b' ? this.uint32() === 1 : undefined;
  }

  /** An array of strings or object paths. */
  texts(): string[] {
    const length = this.uint32();
    const end = this.at + length;
    const texts: string[] = [];
    while (this.at < end) texts.push(this.#text(this.uint32()));
    return texts;
  }

  #text(length: number): string {
    const from = this.at;
    this.at += length + 1;
    if (this.at > this.#bytes.length) throw new RangeError('Text beyond the message');
    return this.#bytes.toString('utf8', from, from + length);
  }
}
