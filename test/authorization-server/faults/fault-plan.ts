/** Faults that tests plant, with how many times each will still happen. */
import { z } from 'zod';
import type { Endpoint } from '../request-log.ts';

const delayMs = z.number().nonnegative().optional();

/** Each fault can also be delayed by `delayMs`. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), delayMs: z.number().nonnegative() }),
  /** Breaks the connection before the server does anything. */
  z.strictObject({ kind: z.literal('drop'), delayMs }),
  /** Handles the request completely, then breaks the connection instead of answering. */
  z.strictObject({ kind: z.literal('drop-after-commit'), delayMs }),
  /** Answers without handling the request. RFC 9110 §10.2.3 and §15: `retryAfter` is seconds or an HTTP date. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(200).max(999),
    retryAfter: z.union([z.number(), z.string()]).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** A string is sent unchanged, anything else as JSON. */
    body: z.unknown().optional(),
    delayMs,
  }),
  /** A page with status 200, as from a captive portal or a proxy. */
  z.strictObject({ kind: z.literal('html'), delayMs }),
  z.strictObject({ kind: z.literal('redirect'), location: z.string(), status: z.number().int().optional(), delayMs }),
  z.strictObject({ kind: z.literal('huge-body'), bytes: z.number().int().positive(), delayMs }),
  /** The real answer, sent `bytesPerChunk` bytes at a time. */
  z.strictObject({
    kind: z.literal('slow-body'),
    bytesPerChunk: z.number().int().positive(),
    chunkDelayMs: z.number().nonnegative(),
    delayMs,
  }),
  /** The real answer with a corrupted access token signature. */
  z.strictObject({ kind: z.literal('bad-signature'), delayMs }),
  /** The real JSON answer with some members replaced or, if the value is null, removed. */
  z.strictObject({ kind: z.literal('edit-json'), members: z.record(z.string(), z.unknown()), delayMs }),
]);

export type Fault = z.infer<typeof faultSchema>;

interface PlannedFault {
  readonly fault: Fault;
  left: number;
}

export class FaultPlan {
  readonly #planned = new Map<Endpoint, PlannedFault[]>();

  /** Plants a fault after those already planted for the endpoint. Without `times` it stays until cleared. */
  add(endpoint: Endpoint, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#planned.set(endpoint, [...(this.#planned.get(endpoint) ?? []), { fault, left: times }]);
  }

  take(endpoint: Endpoint): Fault | undefined {
    const next = this.#planned.get(endpoint)?.find(({ left }) => left > 0);
    if (next === undefined) return undefined;
    next.left -= 1;
    return next.fault;
  }

  clear(endpoint?: Endpoint): void {
    if (endpoint === undefined) this.#planned.clear();
    else this.#planned.delete(endpoint);
  }
}
