import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentStore } from '../../../src-main/ports/document-store.ts';
import type { Http } from '../../../src-main/ports/http.ts';
import type { KeychainProgram, SecretStore } from '../../../src-main/keychain/secret-store.ts';

/** The ports that have lasting effects outside the main process. */
interface Ports {
  readonly http: Http;
  readonly documents: DocumentStore;
  readonly secrets: SecretStore & KeychainProgram;
}

/**
 * The moments before and after each effect. At one of them a test kills the console, as a power failure would. A folder connects
 * test and console, since nothing else outlives the kill. In it, `journal` has a line for each moment that was passed. `kill-at`
 * names the moment of the kill, and on its second line the number of the pass that kills.
 */
export class KillPoints {
  readonly #folder: string;
  readonly #mainPid: number;

  constructor(folder: string, mainPid: number) {
    this.#folder = folder;
    this.#mainPid = mainPid;
  }

  around<T>(effect: string, run: () => T): T {
    this.#pass(`before ${effect}`);
    const value = run();
    this.#pass(`after ${effect}`);
    return value;
  }

  async aroundAsync<T>(effect: string, run: () => Promise<T>): Promise<T> {
    this.#pass(`before ${effect}`);
    const value = await run();
    this.#pass(`after ${effect}`);
    return value;
  }

  #pass(moment: string): void {
    const journal = join(this.#folder, 'journal');
    appendFileSync(journal, `${moment}\n`);
    const plan = join(this.#folder, 'kill-at');
    if (!existsSync(plan)) return;
    const [name, times] = readFileSync(plan, 'utf8').split('\n');
    if (name !== moment) return;
    const passed = readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line === name).length;
    if (passed !== Number(times)) return;
    // The keychain process dies together with the main process, so that nothing can finish.
    process.kill(this.#mainPid, 'SIGKILL');
    process.kill(process.pid, 'SIGKILL');
  }
}

/** The same ports, with a moment before and after every lasting effect. Reading has none. */
export function wrapPorts({ http, documents, secrets }: Ports, points: KillPoints): Ports {
  return {
    http: {
      send: (request) => {
        const name = `${request.method} ${new URL(request.url).pathname}`;
        return points.aroundAsync(name, () => http.send(request));
      },
    },
    documents: {
      read: (name) => documents.read(name),
      write: (name, document) => points.around(`writing ${plain(name)}`, () => documents.write(name, document)),
      remove: (name) => points.around(`deleting ${plain(name)}`, () => documents.remove(name)),
      removeAll: (name) => points.around(`deleting ${plain(name)}`, () => documents.removeAll(name)),
      setAside: (name) => points.around(`setting aside ${plain(name)}`, () => documents.setAside(name)),
    },
    secrets: {
      read: (name) => secrets.read(name),
      write: (name, value) => points.aroundAsync(`storing ${plain(name)}`, () => secrets.write(name, value)),
      remove: (name) => points.aroundAsync(`unstoring ${plain(name)}`, () => secrets.remove(name)),
      unlock: () => secrets.unlock(),
      program: () => secrets.program(),
    },
  };
}

/** A name without what changes from run to run: the profile's ID, and which of the two generations an entry is in. */
export function plain(name: string): string {
  const [value = '', generation, index] = name.replace(/\.[\da-f-]{36}/, '').split('/');
  return generation === undefined ? value : `${value} part ${index}`;
}
