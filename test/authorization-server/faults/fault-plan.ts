/** Faults that tests plant, and how often each is still to happen. */
import { z } from 'zod';
import type { Endpoint } from '../request-log.ts';

const delayMs = z.number().nonnegative().optional();

/** Each fault may also be late by `delayMs`. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), delayMs: z.number().nonnegative() }),
  /** The connection breaks before anything is done. */
  z.strictObject({ kind: z.literal('drop'), delayMs }),
  /** Everything is done, then the connection breaks instead of the answer. */
  z.strictObject({ kind: z.literal('drop-after-commit'), delayMs }),
  /** An answer without anything done. RFC 9110 §10.2.3 and §15: `retryAfter` is seconds or an HTTP date. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(200).max(999),
    retryAfter: z.union([z.number(), z.string()]).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** A string goes out as it is, anything else as JSON. */
    body: z.unknown().optional(),
    delayMs,
  }),
  /** A captive portal or a proxy: a page with status 200. */
  z.strictObject({ kind: z.literal('html'), delayMs }),
  z.strictObject({ kind: z.literal('redirect'), location: z.string(), status: z.number().int().optional(), delayMs }),
  z.strictObject({ kind: z.literal('huge-body'), bytes: z.number().int().positive(), delayMs }),
  /** The true answer, so many bytes at a time. */
  z.strictObject({
    kind: z.literal('slow-body'),
    bytesPerChunk: z.number().int().positive(),
    chunkDelayMs: z.number().nonnegative(),
    delayMs,
  }),
  /** The true answer, with the signature of its access token spoiled. */
  z.strictObject({ kind: z.literal('bad-signature'), delayMs }),
  /** The true JSON answer with members set or, where the value is null, left out. */
  z.strictObject({ kind: z.literal('edit-json'), members: z.record(z.string(), z.unknown()), delayMs }),
]);

export type Fault = z.infer<typeof faultSchema>;

interface PlannedFault {
  readonly fault: Fault;
  left: number;
}

export class FaultPlan {
  readonly #planned = new Map<Endpoint, PlannedFault[]>();

  /** Plants a fault behind those already planted for the endpoint; without `times` it stays until cleared. */
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
