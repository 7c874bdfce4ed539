import { wayOf } from '../../src-shared/failure-codes.ts';
import { type Stage, stages } from '../../src-shared/support/preflight.ts';
import type { Failure } from '../../src-shared/result.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { failed, type Finding, ok, type ServerCheck, skipped } from './preflight-check.ts';
import type { TrialRequest } from './preflight-scene.ts';

const stageByCause: Readonly<Record<string, Stage>> = { no_network: 'network', name_unknown: 'name' };

/** The stage that a request did not pass. Every other failure is an answer from the Authorization server. */
export function stageOf({ code, facts }: Failure): Stage {
  const byCause = code === 'network_unreachable' ? stageByCause[facts?.['cause'] ?? ''] : undefined;
  return byCause ?? wayOf(code)?.stage ?? 'authorization_server';
}

/** The text for a stage that the request passed. */
type Works = (request: TrialRequest) => string | Finding;

/**
 * A check of one stage. The network stack itself makes the request, with its proxy, names and certificates. So a stage works if the request
 * got past it.
 */
export function checkOfStage(
  stage: Stage,
  works: Works,
  applicable: (request: TrialRequest) => boolean = () => true,
): ServerCheck {
  return {
    applicable: async (scene) => applicable(await scene.tryRequest()),
    check: async (scene) => findingAt(stage, await scene.tryRequest(), works),
  };
}

function findingAt(stage: Stage, request: TrialRequest, works: Works): Finding {
  if (!request.failure) return passed(request, works);
  const stopped = stageOf(request.failure);
  // The clock has a check of its own.
  if (stopped === stage && request.failure.code === 'clock_wrong')
    return skipped(preflightWords.skippedFor(preflightWords.labels.clock));
  if (stopped === stage) return failed(request.failure);
  const came = stages.indexOf(stage) < stages.indexOf(stopped);
  return came ? passed(request, works) : skipped(preflightWords.skippedFor(preflightWords.labels[stopped]));
}

function passed(request: TrialRequest, works: Works): Finding {
  const finding = works(request);
  return typeof finding === 'string' ? ok(finding) : finding;
}
