import { connect, type Socket } from 'node:net';
import { LicenseClient } from '../../../src-main/local-api/license-client.ts';
import { answerParent } from './answer-parent.ts';
import { runLoad, verifyRequest } from './fast-client.ts';
import { figuresOf, type LoadFigures, type SlowFigures } from './load-figures.ts';

interface LoadOrder {
  readonly socket: string;
  readonly secret: string;
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly calls: number;
}

interface SlowOrder {
  readonly socket: string;
  readonly secret: string;
  readonly tokens: readonly string[];
  readonly slowSockets: number;
  readonly calls: number;
}

answerParent({ run, slow });

/** As many verify calls as the server can handle. */
async function run({ socket, secret, tokens, connections, calls }: LoadOrder): Promise<LoadFigures> {
  const requests = tokens.map((token) => verifyRequest(token, secret));
  const { elapsedMs, latenciesMs, notAccepted } = await runLoad({ socket, requests, connections, calls });
  return figuresOf(latenciesMs, elapsedMs, notAccepted);
}

/** A good client, the license client, among slow ones that reconnect as soon as they are closed. */
async function slow({ socket, secret, tokens, slowSockets, calls }: SlowOrder): Promise<SlowFigures> {
  const crowd = new SlowCrowd(socket, secret, slowSockets);
  await crowd.isThere();
  const client = new LicenseClient({ address: socket, secret, timeoutMs: 60_000 });
  const latenciesMs = new Float64Array(calls);
  let notAccepted = 0;
  const begun = performance.now();
  for (let nth = 0; nth < calls; nth += 1) {
    const sentAt = performance.now();
    const verdict = await client.verify(tokens[nth % tokens.length] ?? '');
    latenciesMs[nth] = performance.now() - sentAt;
    if (!verdict.accepted) notAccepted += 1;
  }
  const elapsedMs = performance.now() - begun;
  client.close();
  const { reopened, open } = crowd.leave();
  return { ...figuresOf(latenciesMs, elapsedMs, notAccepted), reopened, stillOpen: open };
}

/** Sockets that send a byte a second: the first half of them the header, the others the body of a verify call. */
class SlowCrowd {
  readonly #path: string;
  readonly #beginnings: readonly string[];
  readonly #sockets = new Set<Socket>();
  readonly #dripping: NodeJS.Timeout;
  #left = false;
  #connected = 0;
  #reopened = 0;
  #arrived: () => void = () => {};
  readonly #count: number;

  constructor(path: string, secret: string, count: number) {
    this.#path = path;
    this.#count = count;
    const header = verifyRequest('x'.repeat(2_000), secret).toString('latin1');
    this.#beginnings = [header.slice(0, 30), header.slice(0, header.indexOf('\r\n\r\n') + 5)];
    for (let nth = 0; nth < count; nth += 1) this.#open(nth);
    this.#dripping = setInterval(() => {
      for (const socket of this.#sockets) if (socket.writable) socket.write('a');
    }, 1_000);
  }

  isThere(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
      if (this.#connected >= this.#count) resolve();
    });
  }

  leave(): { reopened: number; open: number } {
    this.#left = true;
    clearInterval(this.#dripping);
    const open = [...this.#sockets].filter(({ readyState }) => readyState === 'open').length;
    for (const socket of this.#sockets) socket.destroy();
    return { reopened: this.#reopened, open };
  }

  #open(nth: number): void {
    const socket = connect({ path: this.#path });
    this.#sockets.add(socket);
    socket.on('connect', () => {
      socket.write(this.#beginnings[nth % this.#beginnings.length] ?? '');
      this.#connected += 1;
      if (this.#connected === this.#count) this.#arrived();
    });
    socket.on('error', () => {});
    socket.on('data', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#left) return;
      this.#reopened += 1;
      // A socket that is closed at once would only keep connecting, which is another attack.
      setTimeout(() => this.#left || this.#open(nth), 100);
    });
  }
}
