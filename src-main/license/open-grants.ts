import { z } from 'zod/mini';
import type { SecretStore } from '../ports/secret-store.ts';
import { type LicenseSecrets, secretsSchema } from './license-record.ts';

/** A grant that the console does not use any more, and that the Authorization server has not ended yet. */
export interface OpenGrant {
  readonly of: 'replaced' | 'unused';
  /** The trusted time of the first try to end it, which failed. */
  readonly since: number;
  readonly secrets: LicenseSecrets;
}

/** No more are kept. Only a server that ends no grant leaves so many open. */
export const mostOpenGrants = 5;
/** The next try comes no sooner after the first one. */
export const soonestAgainMs = 60_000;
/** The last try comes after this time. By then the server or a person has ended most grants. */
export const longestOpenMs = 30 * 24 * 60 * 60_000;

const grantSchema = z.object({
  of: z.enum(['replaced', 'unused']),
  since: z.number(),
  secrets: z.omit(secretsSchema, { version: true }),
});
const listSchema = z.object({ version: z.literal(1), grants: z.array(grantSchema) });

/** The open grants of one profile. Their refresh tokens are in the keychain only. */
export class OpenGrants {
  readonly #name: string;
  readonly #secrets: SecretStore;
  /** As the keychain has them; null where it has not been read. */
  #known: readonly OpenGrant[] | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(profileId: string, secrets: SecretStore) {
    this.#name = `open-grants.${profileId}`;
    this.#secrets = secrets;
  }

  /** Oldest first; none where the keychain cannot be read now. */
  async all(): Promise<readonly OpenGrant[]> {
    return (await this.#read()) ?? [];
  }

  /** False where the keychain does not take it, or holds {@link mostOpenGrants} already. */
  keep(grant: OpenGrant): Promise<boolean> {
    return this.#change((known) => (known.length < mostOpenGrants ? [...without(known, grant), grant] : null));
  }

  /** False where the keychain keeps it. */
  drop(grant: OpenGrant): Promise<boolean> {
    return this.#change((known) => without(known, grant));
  }

  /** One change at a time, so that none undoes another. */
  #change(change: (known: readonly OpenGrant[]) => readonly OpenGrant[] | null): Promise<boolean> {
    const turn = this.#queue.then(async () => {
      const known = await this.#read();
      const changed = known && change(known);
      return changed !== null && this.#write(changed);
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #read(): Promise<readonly OpenGrant[] | null> {
    if (this.#known) return this.#known;
    const read = await this.#secrets.read(this.#name);
    if (read.ok) this.#known ??= read.value === null ? [] : parse(read.value);
    return this.#known;
  }

  async #write(grants: readonly OpenGrant[]): Promise<boolean> {
    const written =
      grants.length === 0
        ? await this.#secrets.remove(this.#name)
        : await this.#secrets.write(this.#name, JSON.stringify({ version: 1, grants }));
    if (written.ok) this.#known = grants;
    return written.ok;
  }
}

function without(grants: readonly OpenGrant[], { secrets }: OpenGrant): readonly OpenGrant[] {
  return grants.filter((kept) => kept.secrets.refreshToken !== secrets.refreshToken);
}

/** Null where the text is not such a list. It is then not written over. */
function parse(value: string): readonly OpenGrant[] | null {
  try {
    const parsed = listSchema.safeParse(JSON.parse(value));
    return parsed.success ? (parsed.data.grants as readonly OpenGrant[]) : null;
  } catch {
    return null;
  }
}
