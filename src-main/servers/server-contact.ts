import type { LicensedServer } from './licensed-server.ts';
import type { Random } from '../ports/random.ts';
import type { Timer } from '../ports/timer.ts';

const longestContactDelayMs = 5 * 60_000;

interface ServerContactDeps {
  readonly timer: Timer;
  readonly random: Random;
  readonly servers: () => readonly LicensedServer[];
}

/** Contacts the servers after the network is back, to see whether they can be reached. */
export class ServerContact {
  readonly #deps: ServerContactDeps;
  #cancel: () => void = () => {};

  constructor(deps: ServerContactDeps) {
    this.#deps = deps;
  }

  /**
   * Contacts the servers at a random moment within five minutes, since the network may come back to many stores in the same second.
   * A person who looks at the window does not wait for that, nor does one with a User Code.
   */
  networkIsBack(): void {
    const { servers, timer, random } = this.#deps;
    for (const { acquisition } of servers()) acquisition.networkIsBack();
    // A refresh contacts the server anyway. This keeps it to one request for each store.
    const refreshing = new Set(servers().filter(({ refresh }) => refresh.reconnected()));
    this.#cancel();
    this.#cancel = timer.schedule(Math.round(random() * longestContactDelayMs), () => {
      for (const server of servers()) if (!refreshing.has(server)) contact(server);
    });
  }

  stop(): void {
    this.#cancel();
  }
}

function contact({ license, connection }: LicensedServer): void {
  if (license.record && connection.state !== 'online') void license.contactServer();
}
