import { ServerResponse } from 'node:http';

const secretMembers = ['access_token', 'refresh_token', 'device_code'] as const;

/**
 * Records every secret that a sandbox server in this process sends, read from its answers. This includes secrets that the console
 * does not store, such as device codes, and refresh tokens that were rotated since.
 */
export class IssuedSecrets {
  readonly #secrets = new Map<string, string>();

  constructor() {
    const note = (body: unknown) => this.#note(body);
    const end = Reflect.get(ServerResponse.prototype, 'end') as (...args: unknown[]) => ServerResponse;
    Reflect.set(ServerResponse.prototype, 'end', function (this: ServerResponse, ...args: unknown[]) {
      note(args[0]);
      return end.apply(this, args);
    });
  }

  /** The secrets by kind and number, for example `access_token 2`. */
  get all(): ReadonlyMap<string, string> {
    return this.#secrets;
  }

  stop(): void {
    Reflect.deleteProperty(ServerResponse.prototype, 'end');
  }

  #note(body: unknown): void {
    if (typeof body !== 'string' && !(body instanceof Uint8Array)) return;
    const text = Buffer.from(body as string).toString();
    if (!text.startsWith('{')) return;
    const answer = JSON.parse(text) as Record<string, unknown>;
    for (const member of secretMembers) {
      const secret = answer[member];
      if (typeof secret !== 'string' || [...this.#secrets.values()].includes(secret)) continue;
      const count = [...this.#secrets.keys()].filter((name) => name.startsWith(member)).length;
      this.#secrets.set(`${member} ${count + 1}`, secret);
    }
  }
}
