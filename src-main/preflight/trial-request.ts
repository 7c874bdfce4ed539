import { type Failure, failure as failureOf } from '../../src-shared/result.ts';
import { isHelped } from '../servers/helped-by-laptop.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { timesOfCertificate } from '../time/clock-evidence.ts';
import type { ComputerScene, TrialRequest, UsedLaptop } from './preflight-scene.ts';

/**
 * Contacts the server as the license service does, which also resumes waiting work, and fetches the keys, since earlier answers prove
 * nothing now. If a laptop helps the server, tries this computer's own route too. Gives up the keys when `keysLimit` is aborted.
 */
export async function tryRequest(
  scene: ComputerScene,
  server: LicensedServer,
  keysLimit: AbortSignal,
): Promise<TrialRequest> {
  const { profileId } = server;
  const { issuer } = server.profile;
  // All at the same time, because on a network that drops everything, each of them takes a long time to fail.
  const script = scene.proxyScript();
  const trial = isHelped(scene.laptop, profileId) ? scene.servers.tryOwnWay(issuer) : null;
  const contacted = await server.license.contactServer();
  const checked = contacted.ok
    ? await scene.servers.checkKeys(profileId, contacted.value.jwks_uri, keysLimit)
    : contacted;
  const failure = checked.ok ? null : nameTheClock(checked.failure, scene.trustedTime.isConfirmed);
  if (!URL.canParse(issuer))
    return { issuer, host: issuer, isEncrypted: false, failure, evidence: {}, laptop: null, proxyScript: null };
  const { host, protocol } = new URL(issuer);
  const [evidence, proxyScript] = await Promise.all([scene.network.evidence(issuer, profileId), script]);
  const laptop = evidence.throughLaptop ? await usedLaptop() : null;
  return { issuer, host, isEncrypted: protocol === 'https:', failure, evidence, laptop, proxyScript };

  async function usedLaptop(): Promise<UsedLaptop> {
    const own = await (trial ?? scene.servers.tryOwnWay(issuer));
    return { address: scene.laptop.view()?.address ?? '', ownFailure: own.ok ? null : own.failure };
  }
}

/** A certificate that is not valid yet shows that the clock is wrong, unless the clock is known to be right. Keeps the facts. */
function nameTheClock(found: Failure, isClockConfirmed: boolean): Failure {
  if (isClockConfirmed || !timesOfCertificate(found)) return found;
  const { facts = {} } = found;
  return failureOf('clock_wrong', { facts });
}
