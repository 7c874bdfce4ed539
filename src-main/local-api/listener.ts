import { chmodSync, lstatSync } from 'node:fs';
import type { Server } from 'node:http';
import type { ListenOptions, Socket } from 'node:net';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { freeSocketPath, notOpened, socketAddress } from './api-address.ts';

/** Creates the server for one address, which accepts only these `Host`s. */
type ServerFor = (hosts: ReadonlySet<string>) => Server;

/** One open address. */
interface Listening {
  close(): Promise<void>;
}

export interface ListeningSocket extends Listening {
  readonly path: string;
  /** Whether calls to the path still reach this process: the socket was neither removed nor replaced. */
  isThere(): boolean;
}
export interface ListeningTcp extends Listening {
  readonly host: string;
  readonly port: number;
}

const socketHosts: ReadonlySet<string> = new Set(['localhost', 'license-console']);
/** This computer does not support this version of IP. */
const noSuchAddress: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Listens at the Unix domain socket in the folder, which only this account can open, or at a named pipe. Failures:
 * `local_api_address_taken`, `local_api_not_opened`.
 */
export async function openSocket(folder: string, serverFor: ServerFor): Promise<Result<ListeningSocket>> {
  const path = socketAddress(folder, process.platform);
  const isFile = process.platform !== 'win32';
  const free = isFile ? await freeSocketPath(path) : succeed(null);
  if (!free.ok) return free;
  const server = new Address(serverFor(socketHosts));
  // `listen` binds synchronously. With this umask the socket is never open to another account, not even for a moment.
  const before = isFile ? process.umask(0o177) : 0;
  const opening = server.listen({ path });
  if (isFile) process.umask(before);
  const opened = await opening;
  if (!opened.ok) return opened.failure.code === 'local_api_address_taken' ? taken(path) : opened;
  try {
    if (isFile) chmodSync(path, 0o600);
    const own = isFile ? fileAt(path) : null;
    return succeed({ path, isThere: () => !isFile || isStill(path, own), close: () => server.close() });
  } catch (thrown) {
    await server.close();
    return notOpened(thrown);
  }
}

/** Listens at the port of the loopback addresses: IPv4, and IPv6 if the computer has it. Failures: as {@link openSocket}. */
export async function openTcp(port: number, serverFor: ServerFor): Promise<Result<ListeningTcp>> {
  const hosts = new Set([`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`]);
  const four = new Address(serverFor(hosts));
  const opened = await four.listen({ host: '127.0.0.1', port, exclusive: true });
  if (!opened.ok) return opened.failure.code === 'local_api_address_taken' ? taken(`127.0.0.1:${port}`) : opened;
  const six = new Address(serverFor(hosts));
  const alsoOpened = await six.listen({ host: '::1', port, ipv6Only: true, exclusive: true });
  const close = async () => void (await Promise.all([four.close(), six.close()]));
  if (alsoOpened.ok || noSuchAddress.has(alsoOpened.failure.detail ?? ''))
    return succeed({ host: '127.0.0.1', port, close });
  await close();
  return alsoOpened.failure.code === 'local_api_address_taken' ? taken(`[::1]:${port}`) : alsoOpened;
}

/** Identifies the file at the path. Null if there is no file. */
function fileAt(path: string): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino} ${found.birthtimeMs}` : null;
}

/** If the file cannot be inspected, it is taken to be unchanged. */
function isStill(path: string, own: string | null): boolean {
  try {
    return fileAt(path) === own;
  } catch {
    return true;
  }
}

function taken(address: string): Result<never> {
  return fail('local_api_address_taken', { facts: { address } });
}

/** One server at one address, with all its connections, including those that no longer speak HTTP. */
class Address {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  listen(options: ListenOptions): Promise<Result<null>> {
    return new Promise((resolve) => {
      this.#server.once('error', (thrown: NodeJS.ErrnoException) =>
        resolve(thrown.code === 'EADDRINUSE' ? fail('local_api_address_taken') : notOpened(thrown)),
      );
      this.#server.listen(options, () => {
        // If a connection cannot be accepted, for example because file descriptors run out, the others must continue.
        this.#server.on('error', () => {});
        resolve(succeed(null));
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}
