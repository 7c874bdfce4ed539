import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { Timer } from '../ports/timer.ts';
import type { LicensedServer } from './licensed-server.ts';

/** Up to this many servers are composed at the start. Of more, only the shown one is, because each reads documents from the disk. */
const mostAtStart = 5;
/** This many further servers are composed in one turn. In the pause before each turn the window gets its answers. */
const inOneTurn = 10;
const pauseMs = 10;
/** The pause before the first turn: the page is being drawn. */
const firstPauseMs = 300;

/** The servers by profile ID. A server that is not needed at once is composed later: when something needs it, or after the first paint. */
export class ComposedServers {
  readonly #compose: (profile: ServerProfile) => LicensedServer;
  readonly #timer: Timer;
  readonly #servers = new Map<string, LicensedServer>();
  readonly #waiting = new Map<string, ServerProfile>();

  #isEnded = false;

  /** `compose` makes a server and restores it from the disk. */
  constructor(compose: (profile: ServerProfile) => LicensedServer, timer: Timer) {
    this.#compose = compose;
    this.#timer = timer;
  }

  /** The servers that are already composed. */
  get soFar(): readonly LicensedServer[] {
    return [...this.#servers.values()];
  }

  /** The server if it is composed already. */
  ifComposed(id: string): LicensedServer | null {
    return this.#servers.get(id) ?? null;
  }

  of(id: string): LicensedServer | null {
    const profile = this.#waiting.get(id);
    return profile ? this.add(profile) : this.ifComposed(id);
  }

  add(profile: ServerProfile): LicensedServer {
    this.#waiting.delete(profile.id);
    const server = this.#compose(profile);
    this.#servers.set(profile.id, server);
    return server;
  }

  delete(id: string): void {
    this.#waiting.delete(id);
    this.#servers.delete(id);
  }

  /** Call at the start with all servers. */
  begin(profiles: readonly ServerProfile[], shown: ServerProfile | null): void {
    for (const profile of profiles) {
      if (profiles.length <= mostAtStart || profile.id === shown?.id) this.add(profile);
      else this.#waiting.set(profile.id, profile);
    }
  }

  /** Call at the end: no further server is composed in the background. */
  end(): void {
    this.#isEnded = true;
  }

  /** Composes the others, a few in each turn. Null if there are none; false if the console ended before. */
  composeRest(): Promise<boolean> | null {
    return this.#waiting.size === 0 ? null : this.#composeInTurns();
  }

  async #composeInTurns(): Promise<boolean> {
    for (let waitMs = firstPauseMs; this.#waiting.size > 0; waitMs = pauseMs) {
      await new Promise<void>((resolve) => this.#timer.schedule(waitMs, resolve));
      if (this.#isEnded) break;
      for (const id of [...this.#waiting.keys()].slice(0, inOneTurn)) this.of(id);
    }
    return !this.#isEnded;
  }
}
