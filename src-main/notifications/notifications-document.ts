import { z } from 'zod/mini';
import { alertCauses } from '../../src-shared/notifications/alert.ts';
import type { Result } from '../../src-shared/result.ts';
import { failureCode, instantSince1970, optional } from '../../src-shared/schema-atoms.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Ledger } from './notification-rules.ts';

const documentName = 'notifications';

const day = z.string().check(z.regex(/^\d{1,6}-\d{2}-\d{2}$/));
const notifiedSchema = z.object({
  alert: z.object({
    profileId: z.string(),
    serverName: z.string(),
    cause: z.enum(alertCauses),
    tone: z.enum(['caution', 'critical']),
    stopsAt: optional(instantSince1970),
    stopsOn: optional(z.string()),
    code: optional(failureCode),
  }),
  open: z.boolean(),
  days: z.array(z.object({ day, level: z.literal([1, 2, 3]), again: z.number().check(z.gte(0)) })),
});
const ledgerSchema = z.record(z.string(), notifiedSchema);
const notificationsSchema = z.object({
  version: z.literal(1),
  screen: ledgerSchema,
  administrator: ledgerSchema,
  snoozed: z.record(z.string(), day),
});

/** The notifications so far in each of the two ways, and the causes that are snoozed for a day. */
export interface NotificationsDocument {
  readonly screen: Ledger;
  readonly administrator: Ledger;
  readonly snoozed: Readonly<Record<string, string>>;
}

const nothingNotified: NotificationsDocument = { screen: {}, administrator: {}, snoozed: {} };

/** The notifications so far. Empty if the document cannot be used: then people are notified once more of causes that still exist. */
export function readNotificationsDocument(documents: DocumentStore): NotificationsDocument {
  const stored = documents.read(documentName);
  const parsed = stored.state === 'present' ? notificationsSchema.safeParse(stored.document) : null;
  if (!parsed?.success) return nothingNotified;
  const { screen, administrator, snoozed } = parsed.data;
  return { screen: withoutTimes(screen), administrator: withoutTimes(administrator), snoozed };
}

export function writeNotificationsDocument(
  documents: DocumentStore,
  { screen, administrator, snoozed }: NotificationsDocument,
): Result<null> {
  return documents.write(documentName, {
    version: 1,
    screen: strip(screen),
    administrator: strip(administrator),
    snoozed,
  });
}

/** Drops the monotonic times, which have no meaning in another process. */
function withoutTimes(ledger: z.infer<typeof ledgerSchema>): Ledger {
  return mapLedger(ledger, (notified) => ({ ...notified, notifiedMs: [] }));
}

function strip(ledger: Ledger): object {
  return mapLedger(ledger, ({ alert, open, days }) => ({ alert, open, days }));
}

function mapLedger<T, U>(ledger: Readonly<Record<string, T>>, change: (notified: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(ledger).map(([key, notified]) => [key, change(notified)]));
}
