import { z } from 'zod/mini';
import type { DeepReadonly } from '../../src-shared/schema-atoms.ts';
import { Turns } from '../../src-shared/turns.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import { secretsSchema } from './license-record.ts';

/** At most this many are kept. Only a server that never ends a grant leaves so many open. */
export const mostOpenGrants = 5;
/** The next attempt comes no sooner than this after the first one. */
export const soonestAgainMs = 60_000;
/** The first attempt after this time is the last one. By then the server or a person has ended most grants. */
export const longestOpenMs = 30 * 24 * 60 * 60_000;

const grantSchema = z.object({
  of: z.enum(['replaced', 'unused']),
  /** When the first attempt to end the grant failed, in trusted time. */
  since: z.number(),
  secrets: z.omit(secretsSchema, { version: true }),
});
/** A grant that the console no longer uses, and that the Authorization server has not ended yet. */
export type OpenGrant = DeepReadonly<z.infer<typeof grantSchema>>;
const listSchema = z.object({ version: z.literal(1), grants: z.array(grantSchema) });

/** The open grants of one profile. Their refresh tokens are in the keychain only. */
export class OpenGrants {
  readonly #name: string;
  readonly #secrets: SecretStore;
  /** The grants in the keychain; null until it has been read. */
  #known: readonly OpenGrant[] | null = null;
  readonly #turns = new Turns();

  constructor(profileId: string, secrets: SecretStore) {
    this.#name = `open-grants.${profileId}`;
    this.#secrets = secrets;
  }

  /** Oldest first. Empty if the keychain cannot be read now. */
  async all(): Promise<readonly OpenGrant[]> {
    return (await this.#read()) ?? [];
  }

  /** False if the keychain does not accept the grant, or already holds {@link mostOpenGrants}. */
  keep(grant: OpenGrant): Promise<boolean> {
    return this.#change((known) => (known.length < mostOpenGrants ? [...without(known, grant), grant] : null));
  }

  /** False if the grant could not be deleted from the keychain. */
  drop(grant: OpenGrant): Promise<boolean> {
    return this.#change((known) => without(known, grant));
  }

  /** Runs one change at a time, so that no change undoes another. */
  #change(change: (known: readonly OpenGrant[]) => readonly OpenGrant[] | null): Promise<boolean> {
    return this.#turns.run(async () => {
      const known = await this.#read();
      const changed = known && change(known);
      return changed !== null && this.#write(changed);
    });
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

/** Null if the text is not a valid list. The entry is then never overwritten. */
function parse(value: string): readonly OpenGrant[] | null {
  try {
    const parsed = listSchema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data.grants : null;
  } catch {
    return null;
  }
}
