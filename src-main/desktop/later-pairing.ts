import type { HelpView, LaptopView } from '../../src-shared/pairing.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { AuthorizeLink, HelpControl } from '../ipc/help-handlers.ts';
import type { LaptopControl } from '../servers/laptop-control.ts';

/** What ends with the console. */
interface Closes {
  close(): Promise<void>;
}

/** Loads a part when it is first needed, so that the console's start does not wait for it. */
class Later<T extends Closes> {
  readonly #load: () => Promise<T>;
  #loading: Promise<T> | null = null;
  #part: T | null = null;
  #closed = false;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Null until it was needed. */
  get part(): T | null {
    return this.#part;
  }

  async need(): Promise<T> {
    this.#loading ??= this.#load();
    const part = await this.#loading;
    if (this.#closed) await part.close();
    this.#part = part;
    return part;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#part?.close();
  }
}

/** This console's offer to help other servers. */
export class LaterHelp implements HelpControl {
  readonly #later: Later<HelpControl & Closes>;

  constructor(load: () => Promise<HelpControl & Closes>) {
    this.#later = new Later(load);
  }

  view(): HelpView | null {
    return this.#later.part?.view() ?? null;
  }

  async start(): Promise<Result<null>> {
    const help = await this.#later.need();
    return help.view()?.state === 'open' ? succeed(null) : help.start();
  }

  end(): void {
    this.#later.part?.end();
  }

  dismiss(): void {
    this.#later.part?.dismiss();
  }

  confirmIssuer(pairingId: string): void {
    this.#later.part?.confirmIssuer(pairingId);
  }

  linkFor(pairingId: string): AuthorizeLink | null {
    return this.#later.part?.linkFor(pairingId) ?? null;
  }

  close(): Promise<void> {
    return this.#later.close();
  }
}

/** The laptop that helps a server of this console. */
export class LaterLaptop implements LaptopControl {
  readonly #later: Later<LaptopControl & Closes>;

  constructor(load: () => Promise<LaptopControl & Closes>) {
    this.#later = new Later(load);
  }

  view(): LaptopView | null {
    return this.#later.part?.view() ?? null;
  }

  async pair(profileId: string, address: string, code: string): Promise<Result<null>> {
    const laptop = await this.#later.need();
    return laptop.pair(profileId, address, code);
  }

  end(): void {
    this.#later.part?.end();
  }

  close(): Promise<void> {
    return this.#later.close();
  }
}
