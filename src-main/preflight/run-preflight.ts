import { inOrder } from './check-order.ts';
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

/** A run ends after this time, in ms. What has not ended by then says so. */
export const runLimitMs = 60_000;
/** The checks of the servers end earlier, so that those that need their answers have time too. */
const serversLimitMs = 50_000;
/** The keys are given up earlier, so that they are named, and not the whole request. */
const keysLimitMs = 45_000;

/** These need what the servers' checks found: the time in the answers, and whose license the keychain holds. */
const afterServers = ['clock', 'machine'] as const satisfies readonly (typeof checksOfComputer)[number][];

export interface PreflightRun {
  readonly timer: Timer;
  /** Ends the run. Checks that have not ended are then skipped. */
  readonly signal?: AbortSignal;
  /** Called when a check has ended. */
  readonly onResult?: (result: CheckResult, profileId: string | null) => void;
}

/**
 * Runs the checks of this computer and of the given servers, for {@link runLimitMs} at most. Checks that need no server do not wait for
 * those that do. Never throws.
 */
export async function runPreflight(
  scene: ComputerScene,
  servers: readonly LicensedServer[],
  run: PreflightRun,
): Promise<PreflightReport> {
  // All servers have the proxy script of this computer. It is loaded once, because an unreachable script takes a long time to fail.
  let script: Promise<ProxyScript | null> | null = null;
  const proxyScript = () => (script ??= scene.proxyScript());
  const serverFailures: Failure[] = [];
  const onTrial = ({ failure: found }: TrialRequest) => void (found && serverFailures.push(found));
  const ofServers = limitAfter(run.timer, serversLimitMs);
  const ofKeys = limitAfter(run.timer, keysLimitMs);
  const ofRun = limitAfter(run.timer, runLimitMs);
  const sceneAfter = { ...scene, serverFailures };
  const ofOne = (id: (typeof checksOfComputer)[number]) =>
    resultsOf([id], ofComputer, sceneAfter, { ...run, limit: ofRun.signal }, null);
  const early = checksOfComputer.filter((id) => !afterServers.some((later) => later === id)).map(ofOne);
  const checked = await Promise.all(
    servers.map(async (server) => {
      const own = sceneOf({ ...scene, proxyScript }, server, onTrial, ofKeys.signal);
      const limited = { ...run, limit: ofServers.signal };
      return {
        profileId: server.profileId,
        results: await resultsOf(checksOfServer, ofServer, own, limited, server.profileId),
      };
    }),
  );
  const late = afterServers.map(ofOne);
  const computer = (await Promise.all([...early, ...late])).flat();
  for (const { end } of [ofServers, ofKeys, ofRun]) end();
  return { computer: inOrder(computer), servers: checked };
}

interface Limit {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** Call when nothing waits for it. */
  readonly end: () => void;
}

function limitAfter(timer: Timer, ms: number): Limit {
  const over = new AbortController();
  return { signal: over.signal, end: timer.schedule(ms, () => over.abort()) };
}

function sceneOf(
  scene: ComputerScene,
  server: LicensedServer,
  onTrial: (trial: TrialRequest) => void,
  keysLimit: AbortSignal,
): ServerScene {
  let request: Promise<TrialRequest> | null = null;
  const tryOnce = async () => {
    const trial = await tryRequest(own, server, keysLimit);
    onTrial(trial);
    return trial;
  };
  const own: ServerScene = { ...scene, server, tryRequest: () => (request ??= tryOnce()) };
  return own;
}

interface LimitedRun extends PreflightRun {
  /** Aborted when the time of these checks is over. */
  readonly limit: AbortSignal;
}

async function resultsOf<Id extends CheckId, Scene>(
  ids: readonly Id[],
  checks: Readonly<Record<Id, PreflightCheck<Scene>>>,
  scene: Scene,
  run: LimitedRun,
  profileId: string | null,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  // One after the other, because what one finds, such as an interrupted removal, changes what the next one sees.
  for (const id of ids) {
    const finding = await findingOf(checks[id], scene, run);
    if (!finding) continue;
    const result: CheckResult = { check: id, ...finding, ...present({ fixer: fixerOfFinding(finding) }) };
    results.push(result);
    run.onResult?.(result, profileId);
  }
  return results;
}

/** Null if the check does not make sense here. The check that the end of the time interrupts is the one that did not finish. */
async function findingOf<Scene>(
  check: PreflightCheck<Scene>,
  scene: Scene,
  { signal, limit }: LimitedRun,
): Promise<Finding | null> {
  if (signal?.aborted) return skipped(preflightWords.cancelled);
  if (limit.aborted) return skipped(preflightWords.noTimeLeft);
  const ended = new AbortController();
  const cut = new Promise<Finding>((resolve) => {
    limit.addEventListener('abort', () => resolve(failed(failure('check_not_ended'))), { signal: ended.signal });
    signal?.addEventListener('abort', () => resolve(skipped(preflightWords.cancelled)), { signal: ended.signal });
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
