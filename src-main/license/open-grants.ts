import { z } from 'zod/mini';
import type { SecretStore } from '../ports/secret-store.ts';
import { type LicenseSecrets, secretsSchema } from './license-record.ts';

/** A grant that nothing here uses any more, and that the Authorization server has not ended yet. */
export interface OpenGrant {
  readonly of: 'replaced' | 'unused';
  /** When ending it failed first, trusted time. */
  readonly since: number;
  readonly secrets: LicenseSecrets;
}

/** More are not kept: so many only come from a server that ends none. */
export const mostOpenGrants = 5;
/** Whatever spoke to the server in the moment when it failed first. */
export const soonestAgainMs = 60_000;
/** Ending it is not tried any more after this: by then a server has ended it itself, or a person has. */
export const longestOpenMs = 30 * 24 * 60 * 60_000;

const grantSchema = z.object({
  of: z.enum(['replaced', 'unused']),
  since: z.number(),
  secrets: z.omit(secretsSchema, { version: true }),
});
const listSchema = z.object({ version: z.literal(1), grants: z.array(grantSchema) });

/** The grants of one profile that are still to be ended. A refresh token is in the keychain only. */
export class OpenGrants {
  readonly #name: string;
  readonly #secrets: SecretStore;
  /** As the keychain has them; null where it has not been read. */
  #known: readonly OpenGrant[] | null = null;

  constructor(profileId: string, secrets: SecretStore) {
    this.#name = `open-grants.${profileId}`;
    this.#secrets = secrets;
  }

  /** Oldest first; none where the keychain cannot be read now. */
  async all(): Promise<readonly OpenGrant[]> {
    return (await this.#read()) ?? [];
  }

  /** Says whether it is kept: not where the keychain does not take it, or holds {@link mostOpenGrants}. */
  async keep(grant: OpenGrant): Promise<boolean> {
    const known = await this.#read();
    return known !== null && known.length < mostOpenGrants && this.#write([...known, grant]);
  }

  async drop(grant: OpenGrant): Promise<boolean> {
    const known = await this.#read();
    return (
      known !== null && this.#write(known.filter((kept) => kept.secrets.refreshToken !== grant.secrets.refreshToken))
    );
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

/** What cannot be read is not written over. */
function parse(value: string): readonly OpenGrant[] | null {
  try {
    const parsed = listSchema.safeParse(JSON.parse(value));
    return parsed.success ? (parsed.data.grants as readonly OpenGrant[]) : null;
  } catch {
    return null;
  }
}
