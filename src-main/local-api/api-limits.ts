/** Limits what a program that floods the local license API can use up. A test checks each limit with real sockets. */
export interface ApiLimits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly headers: number;
  /** Open at the same time, over all addresses. Beyond that, the connection that has waited longest is closed. */
  readonly connections: number;
  /** Pipelined requests of one connection that wait for their answers (RFC 9112 §9.3.2). */
  readonly pipelined: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly checkEveryMs: number;
  readonly streamsOfClient: number;
  readonly streams: number;
  /** How much a reader of events may leave unread. */
  readonly unreadBytes: number;
  readonly heartbeatMs: number;
}

/** A body holds a license token of at most 64 KiB and a proof. */
export const apiLimits: ApiLimits = {
  bodyBytes: 128 * 1024,
  headerBytes: 16 * 1024,
  headers: 64,
  connections: 512,
  pipelined: 16,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  keepAliveTimeoutMs: 65_000,
  checkEveryMs: 5_000,
  streamsOfClient: 16,
  streams: 64,
  unreadBytes: 256 * 1024,
  heartbeatMs: 60_000,
};
