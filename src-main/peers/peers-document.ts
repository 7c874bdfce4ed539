import { z } from 'zod/mini';
import { peerReasons, type PeerSeen, peerWarnings } from '../../src-shared/registers/peer-verdict.ts';
import { instant, optional, text } from '../../src-shared/schema-atoms.ts';
import { editions } from '../../src-shared/servers/server-profile.ts';

const count = z.number().check(z.int(), z.gte(0));

const renewalSchema = z.union([
  z.object({ state: z.literal('licensed'), warnsAt: optional(instant), endsAt: optional(instant) }),
  z.object({ state: z.enum(['requires_renewal', 'expired']), warnsAt: instant, endsAt: instant }),
]);
const named = {
  serverName: optional(text),
  deviceType: optional(text),
  edition: optional(z.enum(editions)),
  organization: optional(z.object({ id: text, name: optional(text) })),
  features: optional(z.array(text).check(z.maxLength(100))),
  hub: optional(z.object({ serverId: optional(text), name: optional(text), url: optional(text) })),
};
const peerSchema = z.object({
  serverId: text,
  ...named,
  renewal: renewalSchema,
  tokenIssuedAt: instant,
  tokenExpiresAt: instant,
});
const verdictSchema = z.union([
  z.object({
    accepted: z.literal(true),
    peer: peerSchema,
    relation: z.enum(['our_peer', 'our_hub']),
    warnings: z.array(z.enum(peerWarnings)).check(z.maxLength(peerWarnings.length)),
    judgedAt: instant,
  }),
  z.object({
    accepted: z.literal(false),
    reason: z.enum(peerReasons),
    peer: z.nullable(z.partial(peerSchema)),
    authentic: z.boolean(),
    judgedAt: instant,
  }),
]);
const seenSchema = z.object({
  key: text,
  verdict: verdictSchema,
  firstSeenAt: instant,
  lastSeenAt: instant,
  acceptedCount: count,
  refusedCount: count,
  askedBy: text,
});
const documentSchema = z.object({ version: z.literal(1), peers: z.array(z.unknown()).check(z.maxLength(10_000)) });

export function peersDocument(peers: readonly PeerSeen[]): object {
  return { version: 1, peers };
}

/** Parses the stored peers in their order. Skips a damaged entry. Null if the document is not a list of peers. */
export function parsePeersDocument(document: unknown): readonly PeerSeen[] | null {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return null;
  return parsed.data.peers.flatMap((candidate) => {
    const seen = seenSchema.safeParse(candidate);
    return seen.success ? [seen.data as PeerSeen] : [];
  });
}
