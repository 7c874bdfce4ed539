import { latestAt } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { PeerDetails } from '../../src-shared/registers/peer-verdict.ts';
import { editions } from '../../src-shared/servers/server-profile.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import type { JsonObject } from '../tokens/duplicate-members.ts';

const longestText = 100;
const mostFeatures = 20;

/**
 * Reads the claims of a token whose issuer is not proven, so anybody may have written them. Shortens texts, and removes invisible
 * characters and characters that affect how the surrounding text is displayed. Null if the token names no server.
 */
export function claimedPeer(claims: JsonObject): Partial<PeerDetails> | null {
  const serverId = claimedText(claims['server_id']);
  if (serverId === undefined) return null;
  const { organization, hub, features } = claims;
  const [organizationId, hubId] = [claimedText(memberOf(organization, 'id')), claimedText(memberOf(hub, 'server_id'))];
  return present({
    serverId,
    serverName: claimedText(claims['server_name']),
    deviceType: claimedText(claims['device_type']),
    edition: editions.find((edition) => edition === claims['edition']),
    organization:
      organizationId === undefined
        ? undefined
        : present({ id: organizationId, name: claimedText(memberOf(organization, 'name')) }),
    hub: hubId === undefined ? undefined : present({ serverId: hubId, name: claimedText(memberOf(hub, 'name')) }),
    features: Array.isArray(features)
      ? features.slice(0, mostFeatures).flatMap((feature: unknown) => claimedText(feature) ?? [])
      : undefined,
    tokenIssuedAt: instant(claims['iat']),
    tokenExpiresAt: instant(claims['exp']),
  });
}

/** Reads one text of such a token. It is stored in the form in which it is shown, because its original form proves nothing. */
export function claimedText(value: unknown): string | undefined {
  // A long text is cut before its characters are checked.
  return typeof value === 'string' ? shownText(value.slice(0, 4 * longestText), longestText) || undefined : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as JsonObject)[name]
    : undefined;
}

function instant(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && seconds >= 0 && seconds * 1000 <= latestAt
    ? Math.abs(seconds * 1000)
    : undefined;
}
