import type { LicensedServer } from '../servers/licensed-server.ts';
import type { ComputerScene, TrialRequest } from './preflight-scene.ts';

/**
 * Contacts the server twice: as the license does, with what that resumes, and once more for metadata and keys that no earlier
 * answer can stand in for.
 */
export async function tryRequest(scene: ComputerScene, server: LicensedServer): Promise<TrialRequest> {
  const { issuer } = server.profile;
  await server.license.contactServer();
  const checked = await scene.servers.checkServer(issuer);
  const { connection } = server;
  const ofContact = connection.state === 'offline' ? connection.failure : null;
  const failure = ofContact ?? (checked.ok ? null : checked.failure);
  if (!URL.canParse(issuer)) return { issuer, host: issuer, isEncrypted: false, failure, evidence: {} };
  const { host, protocol } = new URL(issuer);
  const evidence = await scene.network.evidence(issuer);
  return { issuer, host, isEncrypted: protocol === 'https:', failure, evidence };
}
