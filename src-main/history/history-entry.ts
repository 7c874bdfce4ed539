import { z } from 'zod/mini';
import type { HistoryEntry } from '../../src-shared/history/history-entry.ts';
import { failureCode as code, instant, optional, text } from '../../src-shared/schema-atoms.ts';

const detail = optional(text);
const instants = {
  tokenIssuedAt: instant,
  tokenExpiresAt: instant,
  tokenWarnsAt: optional(instant),
  renewalEndsAt: optional(instant),
  renewalDate: optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  renewalWarnsAt: optional(instant),
};

const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acquired'), serverId: text, replaced: z.boolean(), ...instants }),
  z.object({ kind: z.literal('refreshed'), ...instants }),
  z.object({ kind: z.literal('refresh_failed'), code, detail }),
  z.object({ kind: z.literal('acquisition_failed'), code, detail }),
  z.object({ kind: z.literal('removed'), revoked: z.boolean(), nothingToRevoke: optional(z.literal(true)) }),
  z.object({
    kind: z.literal('revocation_failed'),
    of: z.enum(['removal', 'replaced', 'unused']),
    triesAgain: optional(z.literal(true)),
    code,
    detail,
  }),
  z.object({ kind: z.literal('grant_ended'), of: z.enum(['replaced', 'unused']) }),
  z.object({
    kind: z.literal('status_changed'),
    status: z.enum(['licensed', 'requires_renewal', 'expired', 'not_licensed']),
    token: optional(z.enum(['fine', 'expires_soon', 'expired'])),
  }),
  z.object({ kind: z.literal('clock_changed'), clock: z.enum(['right', 'wrong']) }),
  z.object({ kind: z.literal('keychain_changed'), code: optional(code) }),
  z.object({ kind: z.literal('record_altered') }),
  z.object({ kind: z.literal('device_renamed'), before: text, now: text }),
  z.object({ kind: z.literal('server_renamed'), before: text, now: text }),
  z.object({ kind: z.literal('settings_changed'), settings: z.array(text) }),
]);

/**
 * A line of the history. Its version is not checked: members that a later version adds are ignored, and a line with an unknown
 * kind or code counts as unreadable.
 */
const entrySchema = z.object({
  version: z.number(),
  at: instant,
  wallAt: optional(instant),
  event: eventSchema,
});

export function serializeHistoryEntry(entry: HistoryEntry): string {
  return JSON.stringify({ version: 1, ...entry });
}

/** Parses a line from disk. Null if it is not an entry. */
export function parseHistoryEntry(line: string): HistoryEntry | null {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(line));
    if (!parsed.success) return null;
    const { version: _, ...entry } = parsed.data;
    return entry;
  } catch {
    return null;
  }
}
