import { type Result, succeed } from '../../src-shared/result.ts';
import { isAddressWritten, removeAddressFile, writeAddressFile } from './api-address.ts';
import { ApiServer, type ApiServerDeps } from './api-server.ts';
import type { AddressFile } from './wire/address-file.ts';
import { type ListeningSocket, type ListeningTcp, openSocket, openTcp } from './listener.ts';

/** The open local license API. It listens at its socket or pipe, and at loopback TCP if the settings ask for it. */
export class OpenApi {
  readonly #folder: string;
  readonly #server: ApiServer;
  readonly #socket: ListeningSocket;
  #tcp: ListeningTcp | null = null;

  constructor(folder: string, server: ApiServer, socket: ListeningSocket) {
    this.#folder = folder;
    this.#server = server;
    this.#socket = socket;
  }

  get socket(): string {
    return this.#socket.path;
  }

  get tcp(): ListeningTcp | null {
    return this.#tcp;
  }

  /** Moves loopback TCP to this port; null closes it. Failures: those of `openTcp`. The socket then continues without TCP. */
  async useTcp(port: number | null): Promise<Result<null>> {
    if (this.#tcp?.port === port) return this.writeAddress();
    await this.#tcp?.close();
    this.#tcp = null;
    const opened = port === null ? null : await openTcp(port, (hosts) => this.#server.serverFor(hosts));
    if (opened?.ok) this.#tcp = opened.value;
    const written = await this.writeAddress();
    return opened && !opened.ok ? opened : written;
  }

  /** Writes the address file. Failures: `local_api_not_opened`, `file_in_use`. The API keeps listening. */
  writeAddress(): Promise<Result<null>> {
    return writeAddressFile(this.#folder, this.#address);
  }

  /** Whether a call to the socket's path still reaches this process. */
  get isThere(): boolean {
    return this.#socket.isThere();
  }

  /** Whether programs can find it: the socket and the address file are both still in place. */
  get isFound(): boolean {
    return this.isThere && isAddressWritten(this.#folder, this.#address);
  }

  standingChanged(): void {
    this.#server.streams.changed();
  }

  endStreams(clientId: string): void {
    this.#server.streams.end(clientId);
  }

  get #address(): AddressFile {
    const tcp = this.#tcp ? { tcp: { host: this.#tcp.host, port: this.#tcp.port } } : {};
    return { version: 1, socket: this.socket, ...tcp, pid: process.pid };
  }

  async close(): Promise<void> {
    removeAddressFile(this.#folder, this.#address);
    await Promise.all([this.#socket.close(), this.#tcp?.close()]);
    this.#server.close();
  }
}

/** Opens the socket or pipe. `useTcp` then writes the address file. Failures: `local_api_address_taken`, `local_api_not_opened`. */
export async function openApi(folder: string, deps: ApiServerDeps): Promise<Result<OpenApi>> {
  const server = new ApiServer(deps);
  const socket = await openSocket(folder, (hosts) => server.serverFor(hosts));
  if (!socket.ok) {
    server.close();
    return socket;
  }
  return succeed(new OpenApi(folder, server, socket.value));
}
