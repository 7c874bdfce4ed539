import { z } from 'zod/mini';

/** A SHA-256 digest in base64url (RFC 4648 §5). */
const digest = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const documentSchema = z.object({
  version: z.literal(1),
  keys: z.array(z.object({ key: digest, proofs: z.array(z.tuple([digest, z.number()])) })),
});

/** When each proof of each key lapses. Keys and proofs are identified by digests, which are useless to anybody else. */
type ProofsOfKeys = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function proofsDocument(ofKeys: ProofsOfKeys): object {
  return { version: 1, keys: [...ofKeys].map(([key, proofs]) => ({ key, proofs: [...proofs] })) };
}

/** Parses the stored proofs in their order. Null if the document is not a list of proofs. */
export function parseProofsDocument(document: unknown): ProofsOfKeys | null {
  const parsed = documentSchema.safeParse(document);
  return parsed.success ? new Map(parsed.data.keys.map(({ key, proofs }) => [key, new Map(proofs)])) : null;
}
