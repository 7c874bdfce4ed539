import { instantOf } from '../../../src-shared/instant.ts';
import type { ServerProfile } from '../../../src-shared/servers/server-profile.ts';
import { shownDocument } from '../../../src-shared/text/shown-text.ts';
import type { ClientView, LocalApiView } from '../../../src-shared/registers/local-api-view.ts';
import { type DiagnosticsPart, servicesOf } from '../diagnostics-part.ts';
import { inBlocks, rowsOf, textsIn } from '../rows.ts';

/**
 * The settings of the console and of each server. None of them is secret. Of a client's secret only a hash is stored, which is left out
 * too.
 */
export const settings: DiagnosticsPart = {
  kind: 'settings',
  name: 'settings.txt',
  async gather({ scene }) {
    const { servers, shownId, notices, ...services } = servicesOf(scene);
    const ofServers = servers.map(({ profile }) => ({
      ...memberOf(profile),
      shown: profile.id === shownId,
      local_api: apiMembers(services.localApi(profile.id)),
    }));
    const lines = inBlocks([
      services.settings().map(([name, value]) => `${name}: ${value}`),
      ...ofServers.map((members, place) => rowsOf(shownDocument(members), `server[${place + 1}]`)),
      notices.flatMap((notice, place) => rowsOf(notice, `notice[${place + 1}]`)),
    ]);
    return [{ name: 'settings.txt', lines, plain: textsIn(ofServers) }];
  },
};

/** The members by name, so that a setting that is added later is not in it by accident. */
function memberOf(profile: ServerProfile) {
  const { id, serverName, edition, issuer, clientId, scope, resource, audience } = profile;
  const { startAddress, signInHosts, integratedSignInHosts, dpop } = profile;
  return {
    id,
    server_name: serverName,
    edition,
    issuer: withoutQuery(issuer),
    client_id: clientId,
    scope,
    resource: resource && withoutQuery(resource),
    audience: audience && withoutQuery(audience),
    start_address: startAddress && withoutQuery(startAddress),
    sign_in_hosts: signInHosts,
    integrated_sign_in_hosts: integratedSignInHosts,
    dpop,
  };
}

/** A person may have pasted an address with a code in it. */
function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/, '').replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
}

function apiMembers({ settings: { on, tcpPort, expiredPeers }, state, failure, clients }: LocalApiView) {
  return {
    on,
    tcp_port: tcpPort,
    expired_peers: expiredPeers,
    state,
    failure: failure?.code,
    clients: clients.map(client),
  };
}

function client({ id, name, may, createdAt, lastUsedAt }: ClientView) {
  return { id, name, may: may.join(', '), created_at: instantOf(createdAt), last_used_at: instantOf(lastUsedAt) };
}
