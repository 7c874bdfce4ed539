/** Claims that a test overrides in the license tokens of one device. */
import { z } from 'zod';

export const claimOverrideSchema = z.strictObject({
  /** Claims to set, including the standard ones (`iss`, `aud`, `exp` …). */
  set: z.record(z.string(), z.unknown()).optional(),
  /** Claims to leave out. */
  drop: z.array(z.string()).optional(),
  /** Members of the JOSE header to set, for example `typ` (RFC 7515 §4.1.9). */
  header: z.record(z.string(), z.unknown()).optional(),
});

export type ClaimOverride = z.infer<typeof claimOverrideSchema>;

export class ClaimOverrides {
  readonly #overrides = new Map<string, ClaimOverride>();

  set(deviceId: string, override: ClaimOverride): void {
    this.#overrides.set(deviceId, override);
  }

  clear(deviceId?: string): void {
    if (deviceId === undefined) this.#overrides.clear();
    else this.#overrides.delete(deviceId);
  }

  /** Applies the overrides to a token that is about to be signed. */
  apply(
    deviceId: string,
    token: { header?: Record<string, unknown> | undefined; payload: Record<string, unknown> },
  ): void {
    const override = this.#overrides.get(deviceId);
    if (override === undefined) return;
    Object.assign(token.payload, override.set);
    for (const name of override.drop ?? []) delete token.payload[name];
    if (override.header) token.header = { ...token.header, ...override.header };
  }
}
