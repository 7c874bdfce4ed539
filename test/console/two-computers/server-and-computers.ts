import { ConsoleApp, type LaunchOptions } from '../console-app.ts';
import type { Opened } from '../opened.ts';
import { type AuthorizationServer, startAuthorizationServer } from '../watched-sandbox.ts';
import { type Computer, type NetworkOptions, outsideAddress, serverName, StoreAndLaptop } from './store-and-laptop.ts';

/** An Authorization server in the network of a store and a laptop, with consoles on their computers. */
export class ServerAndComputers {
  readonly computers: StoreAndLaptop;
  readonly server: AuthorizationServer;
  readonly #opened: Opened;

  private constructor(opened: Opened, computers: StoreAndLaptop, server: AuthorizationServer) {
    this.#opened = opened;
    this.computers = computers;
    this.server = server;
  }

  /** `opened` closes all that is opened here. */
  static async open(opened: Opened, network: NetworkOptions = {}): Promise<ServerAndComputers> {
    const computers = opened.add(await StoreAndLaptop.open(network));
    const at = { host: network.server ?? outsideAddress, name: serverName, tls: computers.tls };
    const server = opened.add(await startAuthorizationServer(at));
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    return new ServerAndComputers(opened, computers, server);
  }

  /** A console that knows no Authorization server yet, unless the options say otherwise. */
  async launch(computer: Computer, { env, ...options }: Partial<LaunchOptions> = {}): Promise<ConsoleApp> {
    const at = this.computers.launchOptions(computer);
    return this.#opened.add(await ConsoleApp.launch({ ...at, env: { ...at.env, ...env }, ...options }));
  }

  /** A console that knows the Authorization server, with the server's name there. */
  launchOwn(computer: Computer, name: string, options: Partial<LaunchOptions> = {}): Promise<ConsoleApp> {
    return this.launch(computer, { issuer: this.server.issuer, edition: 'store', serverName: name, ...options });
  }
}
