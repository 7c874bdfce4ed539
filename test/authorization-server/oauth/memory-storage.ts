/** The OAuth server's storage, in memory. It outlives the listener, so that the server keeps its grants over a stop and a start. */
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface StoredEntry {
  readonly model: string;
  readonly id: string;
  payload: AdapterPayload;
  /** Monotonic milliseconds of the first use. */
  consumedAt?: number;
}

export class MemoryStorage {
  readonly #entries = new Map<string, StoredEntry>();
  readonly #reuseGraceSeconds: () => number;

  constructor(reuseGraceSeconds: () => number) {
    this.#reuseGraceSeconds = reuseGraceSeconds;
  }

  clear(): void {
    this.#entries.clear();
  }

  has(model: string, id: string): boolean {
    return this.#entries.has(keyOf(model, id));
  }

  destroy(model: string, id: string): void {
    this.#entries.delete(keyOf(model, id));
  }

  destroyGrant(grantId: string): void {
    for (const model of ['RefreshToken', 'DeviceCode', 'AccessToken']) this.#destroyByGrant(model, grantId);
    this.destroy('Grant', grantId);
  }

  /** The newest refresh token of each grant that has one which is not used and not expired. */
  openRefreshTokens(): { readonly grantId: string; readonly token: string }[] {
    const now = Date.now() / 1000;
    const newest = new Map<string, string>();
    for (const { model, id, payload } of this.#entries.values()) {
      const { grantId, consumed, exp } = payload;
      if (model !== 'RefreshToken' || grantId === undefined || !this.has('Grant', grantId)) continue;
      if (consumed === undefined && (exp === undefined || exp > now)) newest.set(grantId, id);
    }
    return [...newest].map(([grantId, token]) => ({ grantId, token }));
  }

  /** The adapter of one model; `oidc-provider` requests one per model. The models check expiry themselves. */
  adapter(model: string): Adapter {
    const entries = this.#entries;
    return {
      upsert: async (id, payload) => {
        entries.set(keyOf(model, id), { ...entries.get(keyOf(model, id)), model, id, payload });
      },
      find: async (id) => this.#read(entries.get(keyOf(model, id))),
      findByUserCode: async (userCode) => this.#read(this.#findBy(model, 'userCode', userCode)),
      findByUid: async (uid) => this.#read(this.#findBy(model, 'uid', uid)),
      consume: async (id) => this.#consume(entries.get(keyOf(model, id))),
      destroy: async (id) => this.destroy(model, id),
      revokeByGrantId: async (grantId) => this.#destroyByGrant(model, grantId),
    };
  }

  #consume(entry: StoredEntry | undefined): void {
    if (entry === undefined) return;
    entry.payload = { ...entry.payload, consumed: entry.payload.consumed ?? Math.floor(Date.now() / 1000) };
    entry.consumedAt ??= performance.now();
  }

  /** A rotated refresh token counts as unused during the grace period (RFC 9700 §4.14.2 leaves such leniency to the server). */
  #read(entry: StoredEntry | undefined): AdapterPayload | undefined {
    if (entry?.model !== 'RefreshToken' || entry.consumedAt === undefined) return entry?.payload;
    const graceMs = this.#reuseGraceSeconds() * 1000;
    if (performance.now() - entry.consumedAt > graceMs || graceMs === 0) return entry.payload;
    const { consumed: _consumed, ...unused } = entry.payload;
    return unused;
  }

  #findBy(model: string, member: 'userCode' | 'uid', value: string): StoredEntry | undefined {
    for (const entry of this.#entries.values()) {
      if (entry.model === model && entry.payload[member] === value) return entry;
    }
    return undefined;
  }

  #destroyByGrant(model: string, grantId: string): void {
    for (const [key, entry] of this.#entries) {
      if (entry.model === model && entry.payload.grantId === grantId) this.#entries.delete(key);
    }
  }
}

function keyOf(model: string, id: string): string {
  return `${model}:${id}`;
}
