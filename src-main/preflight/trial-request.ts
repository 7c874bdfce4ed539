import type { LicensedServer } from '../servers/licensed-server.ts';
import type { ComputerScene, TrialRequest } from './preflight-scene.ts';

/**
 * Contacts the server as the license service does, which also resumes waiting work, and fetches the keys, since earlier answers prove
 * nothing now.
 */
export async function tryRequest(scene: ComputerScene, server: LicensedServer): Promise<TrialRequest> {
  const { issuer } = server.profile;
  const contacted = await server.license.contactServer();
  const checked = contacted.ok ? await scene.servers.checkKeys(contacted.value.jwks_uri) : contacted;
  const failure = checked.ok ? null : checked.failure;
  if (!URL.canParse(issuer))
    return { issuer, host: issuer, isEncrypted: false, failure, evidence: {}, proxyScript: null };
  const { host, protocol } = new URL(issuer);
  const [evidence, proxyScript] = await Promise.all([scene.network.evidence(issuer), scene.proxyScript()]);
  return { issuer, host, isEncrypted: protocol === 'https:', failure, evidence, proxyScript };
}
