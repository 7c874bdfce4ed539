import type { AcquisitionState, PollView, UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { CommandServices } from './command-services.ts';

/** Receives the steps of getting a license, each once. */
export interface AcquisitionListener {
  /** A User Code is open, or has been replaced by another one. */
  onCode(code: UserCodeView): void;
  /** Once a second, and at each change. */
  onWaiting(code: UserCodeView, poll: PollView): void;
  onStoring(): void;
  /** The license may be for another server. Somebody has to keep it or undo it. Resolves with a failure if that did not work. */
  onQuestion(difference: ServerDifference): Promise<Failure | null>;
}

const tickMs = 1_000;

/**
 * Follows the acquisition. Resolves with null when a license is stored, or else with the failure. `command_cancelled` if the
 * acquisition was cancelled elsewhere, or if `cancelled` is aborted before there is anything to store.
 */
export function followAcquisition(
  services: Pick<CommandServices, 'changes' | 'timer'>,
  { acquisition }: Pick<LicensedServer, 'acquisition'>,
  listener: AcquisitionListener,
  cancelled: AbortSignal,
): Promise<Failure | null> {
  return new Promise((resolve) => {
    let shownCode: string | null = null;
    let isStoring = false;
    let isAsked = false;
    let cancelTick: () => void = () => {};
    const end = (reason: Failure | null) => {
      cancelTick();
      stopListening();
      cancelled.removeEventListener('abort', onCancelled);
      resolve(reason);
    };
    // Issued tokens are always stored, so wait for the result of that.
    const onCancelled = () => {
      if (acquisition.view().state !== 'storing_license') end(failure('command_cancelled'));
    };
    const look = (view: AcquisitionState) => {
      if (view.state === 'failed') end(view.failure);
      else if (view.state === 'idle') end(isStoring ? null : failure('command_cancelled'));
      else if (view.state === 'confirming_server') {
        isStoring = false;
        if (!isAsked) {
          isAsked = true;
          void listener.onQuestion(view.difference).then((trouble) => trouble && end(trouble));
        }
      } else if (view.state === 'storing_license') {
        if (!isStoring) listener.onStoring();
        isStoring = true;
      } else if (view.state === 'awaiting_authorization') {
        isStoring = false;
        isAsked = false;
        if (view.code.userCode !== shownCode) listener.onCode(view.code);
        shownCode = view.code.userCode;
        listener.onWaiting(view.code, view.poll);
      }
    };
    const tick = () => {
      cancelTick = services.timer.schedule(tickMs, () => {
        look(acquisition.view());
        tick();
      });
    };
    // Check at each change: a finished acquisition returns to `idle`, which no longer says how it ended.
    const stopListening = services.changes.subscribe(() => look(acquisition.view()));
    cancelled.addEventListener('abort', onCancelled);
    tick();
    if (cancelled.aborted) onCancelled();
    else look(acquisition.view());
  });
}
