import { z } from 'zod/mini';
import { latestAt } from '../../src-shared/license/license-status.ts';
import { clientPermissions, newClientSchema } from '../../src-shared/registers/local-api-view.ts';

/** Not always an integer: with a wrong clock, trusted time follows monotonic time, which has fractions of a millisecond. */
const instant = z.number().check(z.gte(0), z.lte(latestAt));

/** A client as stored in the file. Only the hash of its secret is stored. */
const keptClientSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{12}$/)),
  name: newClientSchema.shape.name,
  may: z.array(z.enum(clientPermissions)).check(z.minLength(1), z.maxLength(clientPermissions.length)),
  createdAt: instant,
  lastUsedAt: z.optional(instant),
  /** SHA-256 of the secret, base64url. */
  hash: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
});
export type KeptClient = z.infer<typeof keptClientSchema>;

const documentSchema = z.object({
  version: z.literal(1),
  servers: z.record(z.string(), z.array(z.unknown())),
  /** True while clients are lost and none was created since. Consoles before it do not know it and drop it. */
  lost: z.optional(z.unknown()),
});

type ClientsOfServers = ReadonlyMap<string, readonly KeptClient[]>;

interface ReadClients {
  readonly clients: ClientsOfServers;
  /** How many clients are invalid. They are skipped. */
  readonly leftOut: number;
  /** Were clients lost earlier, and none created since? */
  readonly lost: boolean;
}

/** Reads the clients of every server. Null if the document is not of this version. */
export function readClients(document: unknown): ReadClients | null {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return null;
  let leftOut = 0;
  const ids = new Set<string>();
  const clients = Object.entries(parsed.data.servers).map(([profileId, kept]): [string, KeptClient[]] => [
    profileId,
    kept.flatMap((candidate) => {
      const client = keptClientSchema.safeParse(candidate);
      const isOne = client.success && !ids.has(client.data.id);
      if (isOne) ids.add(client.data.id);
      else leftOut += 1;
      return isOne ? [client.data] : [];
    }),
  ]);
  return { clients: new Map(clients), leftOut, lost: parsed.data.lost === true };
}

export function clientsDocument(clients: ClientsOfServers, lost: boolean): object {
  return { version: 1, servers: Object.fromEntries(clients), ...(lost ? { lost } : {}) };
}
