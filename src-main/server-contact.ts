import type { ConnectionView } from '../src-shared/console-state.ts';
import type { ProfileServices } from './ipc/profile-services.ts';
import type { Random } from './ports/random.ts';
import type { Timer } from './ports/timer.ts';

const longestContactDelayMs = 5 * 60_000;

interface ContactedServer {
  readonly services: Pick<ProfileServices, 'license' | 'refresh'>;
  readonly connection: ConnectionView;
}

export interface ServerContactDeps {
  readonly timer: Timer;
  readonly random: Random;
  readonly servers: () => readonly ContactedServer[];
}

/** Finds out whether servers can be reached again once the network is back. */
export class ServerContact {
  readonly #deps: ServerContactDeps;
  #cancel: () => void = () => {};

  constructor(deps: ServerContactDeps) {
    this.#deps = deps;
  }

  /** For many stores at once it comes back in the same second: they ask within minutes, unless somebody looks. */
  networkIsBack(): void {
    const { servers, timer, random } = this.#deps;
    // A refresh asks the server itself: one request for each store that comes back, not two.
    const refreshing = new Set(servers().filter(({ services }) => services.refresh.reconnected()));
    this.#cancel();
    this.#cancel = timer.schedule(Math.round(random() * longestContactDelayMs), () => {
      for (const server of servers()) if (!refreshing.has(server)) contact(server);
    });
  }

  stop(): void {
    this.#cancel();
  }
}

function contact({ services: { license }, connection }: ContactedServer): void {
  if (license.record && connection.state !== 'online') void license.contactServer();
}
