import { z } from 'zod/mini';
import type { AlertTone } from '../notifications/alert.ts';
import type { Failure } from '../result.ts';

/** What a client of the local license API may do. */
export const clientPermissions = ['read', 'token', 'verify'] as const;
/** `read`: the license and its events. `token`: the current license token, and DPoP proofs. `verify`: check a peer's token. */
export type ClientPermission = (typeof clientPermissions)[number];

export const newClientSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)),
  may: z.array(z.enum(clientPermissions)).check(z.minLength(1), z.maxLength(clientPermissions.length)),
});
export type NewClient = z.infer<typeof newClientSchema>;

/** A program that may call the local license API for one server. Only a hash of its secret is stored. */
export interface ClientView {
  readonly id: string;
  readonly name: string;
  readonly may: readonly ClientPermission[];
  readonly createdAt: number;
  /** Absent if never used. Updated at most once a minute. */
  readonly lastUsedAt?: number;
}

/** A new client with its secret. The secret is shown only this once. */
export interface CreatedClient {
  readonly client: ClientView;
  readonly secret: string;
}

/** What to do if a peer's license is past its renewal date. */
export const expiredPeerRules = ['refuse', 'warn'] as const;
export type ExpiredPeerRule = (typeof expiredPeerRules)[number];

/** Only a system account may listen on ports below 1024. */
export const tcpPortSchema = z.number().check(z.int(), z.gte(1024), z.lte(65_535));
export const defaultTcpPort = 47_215;

/** Settings of the local license API. It is off until a person switches it on. */
export const localApiSettingsSchema = z.object({
  on: z.boolean(),
  /** The loopback TCP port to open in addition to the socket or pipe; null for none. */
  tcpPort: z.nullable(tcpPortSchema),
  expiredPeers: z.enum(expiredPeerRules),
});
export type LocalApiSettings = z.infer<typeof localApiSettingsSchema>;

/** The current state of the local license API, with the clients of the shown server. */
export interface LocalApiView {
  readonly settings: LocalApiSettings;
  readonly state: 'off' | 'starting' | 'listening' | 'failed';
  /** The path of the Unix domain socket, or the name of the Windows pipe; empty while it is not open. */
  readonly socket: string;
  /** Present while loopback TCP is open too. */
  readonly tcp?: { readonly host: string; readonly port: number };
  /** Why it does not listen, or why its TCP port does not. */
  readonly failure: Failure | null;
  readonly clients: readonly ClientView[];
}

/** Why programs on this computer may have no access to the license, and how urgent every mention of it looks. */
export interface LocalApiTrouble {
  readonly failure: Failure;
  readonly tone: AlertTone;
}

/**
 * What is wrong with the API while it is switched on; null if nothing is. `ofClients` is why stored clients cannot call. A client that was lost may be the POS server's. A failure of the
 * TCP port alone is as critical as one of the whole API: somebody switched it on for a program that can connect in no other way, and that
 * may be the POS server.
 */
export function localApiTrouble(
  { settings, failure: notOpened }: Pick<LocalApiView, 'settings' | 'failure'>,
  ofClients: Failure | null = null,
): LocalApiTrouble | null {
  const found = notOpened ?? ofClients;
  return settings.on && found ? { failure: found, tone: 'critical' } : null;
}
