import type { AcquisitionState, PollView, UserCodeView } from '../../src-shared/acquisition-state.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import type { CommandServer, CommandServices } from './command-services.ts';

/** How the steps of getting a license go on, told once each. */
export interface AcquisitionListener {
  /** A User Code is open, or another one in its place. */
  onCode(code: UserCodeView): void;
  /** Once a second, and at each change. */
  onWaiting(code: UserCodeView, poll: PollView): void;
  onStoring(): void;
}

const tickMs = 1_000;

/**
 * Follows what goes on until a license is stored, or there will be none: then why. `command_cancelled` where it was ended at
 * another place, or `cancelled` is aborted before there is something to store.
 */
export function followAcquisition(
  services: Pick<CommandServices, 'listen' | 'timer'>,
  { acquisition }: Pick<CommandServer, 'acquisition'>,
  listener: AcquisitionListener,
  cancelled: AbortSignal,
): Promise<Failure | null> {
  return new Promise((resolve) => {
    let shownCode: string | null = null;
    let isStoring = false;
    let cancelTick: () => void = () => {};
    const end = (reason: Failure | null) => {
      cancelTick();
      stopListening();
      cancelled.removeEventListener('abort', onCancelled);
      resolve(reason);
    };
    // Tokens that are issued are stored: how that ends is waited for.
    const onCancelled = () => {
      if (acquisition.view().state !== 'storing_license') end(failure('command_cancelled'));
    };
    const look = (view: AcquisitionState) => {
      if (view.state === 'failed') end(view.failure);
      else if (view.state === 'idle') end(isStoring ? null : failure('command_cancelled'));
      else if (view.state === 'storing_license') {
        if (!isStoring) listener.onStoring();
        isStoring = true;
      } else if (view.state === 'awaiting_authorization') {
        isStoring = false;
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
    // Each change is looked at as it happens: what has come to its end stands as idle, and says no more how.
    const stopListening = services.listen(() => look(acquisition.view()));
    cancelled.addEventListener('abort', onCancelled);
    tick();
    if (cancelled.aborted) onCancelled();
    else look(acquisition.view());
  });
}
