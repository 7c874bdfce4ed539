import {
  type CheckId,
  type CheckResult,
  checksOfComputer,
  checksOfServer,
  type PreflightReport,
} from '../../src-shared/support/preflight.ts';
import { present } from '../../src-shared/present.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import type { Timer } from '../ports/timer.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { api } from './checks/api.ts';
import { authorizationServer } from './checks/authorization-server.ts';
import { background } from './checks/background.ts';
import { certificate } from './checks/certificate.ts';
import { clock } from './checks/clock.ts';
import { connection } from './checks/connection.ts';
import { copies } from './checks/copies.ts';
import { deviceFlow } from './checks/device-flow.ts';
import { keychain } from './checks/keychain.ts';
import { keys } from './checks/keys.ts';
import { license } from './checks/license.ts';
import { machine } from './checks/machine.ts';
import { name } from './checks/name.ts';
import { network } from './checks/network.ts';
import { portal } from './checks/portal.ts';
import { proxy } from './checks/proxy.ts';
import { refreshing } from './checks/refreshing.ts';
import { settings } from './checks/settings.ts';
import { start } from './checks/start.ts';
import { storage } from './checks/storage.ts';
import { fixerOfFinding } from './fixer.ts';
import { failed, type Finding, type PreflightCheck, skipped } from './preflight-check.ts';
import type { ComputerScene, ProxyScript, ServerScene, TrialRequest } from './preflight-scene.ts';
import { tryRequest } from './trial-request.ts';
import { type Failure, failure } from '../../src-shared/result.ts';

const ofComputer = { settings, storage, clock, background, start, copies, machine, api };
const ofServer = {
  keychain,
  network,
  name,
  proxy,
  connection,
  certificate,
  portal,
  authorization_server: authorizationServer,
  device_flow: deviceFlow,
  keys,
  license,
  refreshing,
};

/** A check that takes longer has failed. Longer than the deadline of the requests that a check waits for. */
export const checkLimitMs = 70_000;

export interface PreflightRun {
  readonly timer: Timer;
  /** Ends the run. Checks that have not ended are then skipped. */
  readonly signal?: AbortSignal;
  /** Called when a check has ended. */
  readonly onResult?: (result: CheckResult, profileId: string | null) => void;
}

/** Runs the checks of this computer and of the given servers. Never throws. */
export async function runPreflight(
  scene: ComputerScene,
  servers: readonly LicensedServer[],
  run: PreflightRun,
): Promise<PreflightReport> {
  // All servers have the proxy script of this computer. It is loaded once, because loading an unreachable script takes long.
  let script: Promise<ProxyScript | null> | null = null;
  const proxyScript = () => (script ??= scene.proxyScript());
  const serverFailures: Failure[] = [];
  const onTrial = ({ failure: found }: TrialRequest) => void (found && serverFailures.push(found));
  const checked = await Promise.all(
    servers.map(async (server) => {
      const own = sceneOf(scene, server, proxyScript, onTrial);
      const results = await resultsOf(checksOfServer, ofServer, own, run, server.profileId);
      return { profileId: server.profileId, results };
    }),
  );
  // The clock is checked after the servers, because their answers contain the time.
  const computer = await resultsOf(checksOfComputer, ofComputer, { ...scene, serverFailures }, run, null);
  return { computer, servers: checked };
}

function sceneOf(
  scene: ComputerScene,
  server: LicensedServer,
  proxyScript: ComputerScene['proxyScript'],
  onTrial: (trial: TrialRequest) => void,
): ServerScene {
  let request: Promise<TrialRequest> | null = null;
  const tryOnce = async () => {
    const trial = await tryRequest(own, server);
    onTrial(trial);
    return trial;
  };
  const own: ServerScene = {
    ...scene,
    proxyScript,
    server,
    tryRequest: () => (request ??= tryOnce()),
  };
  return own;
}

async function resultsOf<Id extends CheckId, Scene>(
  ids: readonly Id[],
  checks: Readonly<Record<Id, PreflightCheck<Scene>>>,
  scene: Scene,
  run: PreflightRun,
  profileId: string | null,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  // One after the other, because what one finds, such as the time or an interrupted removal, changes what the next one sees.
  for (const id of ids) {
    const finding = await findingOf(checks[id], scene, run);
    if (!finding) continue;
    const result: CheckResult = { check: id, ...finding, ...present({ fixer: fixerOfFinding(finding) }) };
    results.push(result);
    run.onResult?.(result, profileId);
  }
  return results;
}

/** Null if the check does not make sense here. */
async function findingOf<Scene>(
  check: PreflightCheck<Scene>,
  scene: Scene,
  { timer, signal }: PreflightRun,
): Promise<Finding | null> {
  if (signal?.aborted) return skipped(preflightWords.cancelled);
  const ended = new AbortController();
  const cut = new Promise<Finding>((resolve) => {
    const cancelTimer = timer.schedule(checkLimitMs, () => resolve(failed(failure('check_not_ended'))));
    signal?.addEventListener('abort', () => resolve(skipped(preflightWords.cancelled)), { signal: ended.signal });
    ended.signal.addEventListener('abort', cancelTimer);
  });
  try {
    return await Promise.race([checked(check, scene, ended.signal), cut]);
  } catch {
    return failed(failure('internal_error'));
  } finally {
    ended.abort();
  }
}

async function checked<Scene>(
  { applicable, check }: PreflightCheck<Scene>,
  scene: Scene,
  signal: AbortSignal,
): Promise<Finding | null> {
  return (applicable ? await applicable(scene) : true) ? check(scene, signal) : null;
}
