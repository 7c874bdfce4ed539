import { z } from 'zod/mini';
import type { AlertTone } from './alert.ts';
import type { Failure } from './result.ts';

/** What a client of the local license API may do. */
export const clientPermissions = ['read', 'token', 'verify'] as const;
/** `read`: the license and its events. `token`: the current license token, and proofs. `verify`: check a peer's token. */
export type ClientPermission = (typeof clientPermissions)[number];

export const newClientSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)),
  may: z.array(z.enum(clientPermissions)).check(z.minLength(1), z.maxLength(clientPermissions.length)),
});
export type NewClient = z.infer<typeof newClientSchema>;

/** A program that may call the local license API for one server. Its secret is kept as a hash alone. */
export interface ClientView {
  readonly id: string;
  readonly name: string;
  readonly may: readonly ClientPermission[];
  readonly createdAt: number;
  /** Absent: never. Written at most once a minute. */
  readonly lastUsedAt?: number;
}

/** The one time that a secret is told. */
export interface CreatedClient {
  readonly client: ClientView;
  readonly secret: string;
}

/** What to do where a peer's license is past the end of its renewal date. */
export const expiredPeerRules = ['refuse', 'warn'] as const;
export type ExpiredPeerRule = (typeof expiredPeerRules)[number];

/** Below 1024 only a system account may listen. */
export const tcpPortSchema = z.number().check(z.int(), z.gte(1024), z.lte(65_535));
export const defaultTcpPort = 47_215;

/** Settings of the local license API; off until a person switches it on. */
export const localApiSettingsSchema = z.object({
  on: z.boolean(),
  /** Loopback TCP beside the socket or pipe; null = no. */
  tcpPort: z.nullable(tcpPortSchema),
  expiredPeers: z.enum(expiredPeerRules),
});
export type LocalApiSettings = z.infer<typeof localApiSettingsSchema>;

/** The local license API as it stands, with the clients of the server that is shown. */
export interface LocalApiView {
  readonly settings: LocalApiSettings;
  readonly state: 'off' | 'starting' | 'listening' | 'failed';
  /** The path of the Unix domain socket, or the name of the pipe; empty while it is not open. */
  readonly socket: string;
  /** Present while loopback TCP is open too. */
  readonly tcp?: { readonly host: string; readonly port: number };
  /** Why it does not listen, or why its TCP port does not. */
  readonly failure: Failure | null;
  readonly clients: readonly ClientView[];
}

/** Why programs on this computer may be cut off from the license, and how urgent that looks wherever it is said. */
export interface LocalApiTrouble {
  readonly failure: Failure;
  readonly tone: AlertTone;
}

/**
 * What is wrong with it while it is switched on; null where nothing is. The TCP port alone weighs as much as all of it: who
 * switched it on did so for a program that takes no other way, and that may be the POS server.
 */
export function localApiTrouble({
  settings,
  failure,
}: Pick<LocalApiView, 'settings' | 'failure'>): LocalApiTrouble | null {
  return settings.on && failure ? { failure, tone: 'critical' } : null;
}
