import type { CheckAdvice, CheckResult, Fixer } from '../../src-shared/support/preflight.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import type { SceneAfterServers, ServerScene } from './preflight-scene.ts';

/**
 * One check. `applicable` returns at once whether the check makes sense here. `check` returns a problem that it finds and does not throw
 * it, and ends soon after `signal` is aborted.
 */
export interface PreflightCheck<Scene> {
  readonly applicable?: (scene: Scene) => boolean | Promise<boolean>;
  readonly check: (scene: Scene, signal: AbortSignal) => Finding | Promise<Finding>;
}
export type ComputerCheck = PreflightCheck<SceneAfterServers>;
export type ServerCheck = PreflightCheck<ServerScene>;

/** The failure or the advice decides who can fix it. `fixer` is for findings that have neither. */
export type Finding = Omit<CheckResult, 'check'>;

export function ok(...says: readonly string[]): Finding {
  return { state: 'ok', says };
}

export function attention(
  says: readonly string[],
  fix: { advice?: CheckAdvice | undefined; fixer?: Fixer } = {},
): Finding {
  return present({ state: 'attention', says, ...fix });
}

/** A finding with the words of the failure. */
export function failed(reason: Failure, state: 'failed' | 'attention' = 'failed'): Finding {
  const { headline, meaning } = words.failureWords(reason);
  return { state, says: [words.sentenceOf(headline), meaning], failure: reason };
}

export function skipped(...says: readonly string[]): Finding {
  return { state: 'skipped', says };
}
