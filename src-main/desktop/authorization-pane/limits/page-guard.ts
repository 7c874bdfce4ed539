import type { HandlerDetails, WebContents, WindowOpenHandlerResponse } from 'electron';
import type { Timer } from '../../../ports/timer.ts';
import { evaluateNavigation, type PanePolicy } from './navigation-policy.ts';
import { countEvents } from './page-events.ts';
import { type CallBudget, openingCost, PersonGesture } from './page-gate.ts';
import { framesMayOpen, refuseFileChoosers } from './pane-dialogs.ts';

interface PageGuardDeps {
  readonly timer: Timer;
  readonly calls: CallBudget;
  readonly policy: () => PanePolicy | undefined;
  /** The page asked for an address that the policy does not allow. */
  readonly onRefused: (address: string) => void;
  /** The page opens a window, for a click or a key press of a person. */
  readonly onPopUp: (asked: HandlerDetails, opener: WebContents) => WindowOpenHandlerResponse;
}

/** Decides what a page may open, and counts all its requests against its budget. */
export class PageGuard {
  readonly #deps: PageGuardDeps;
  readonly #gesture: PersonGesture;

  constructor(deps: PageGuardDeps) {
    this.#deps = deps;
    this.#gesture = new PersonGesture(deps.timer);
  }

  watch(contents: WebContents): void {
    const { calls, policy, onRefused, onPopUp } = this.#deps;
    countEvents(contents, () => calls.take());
    refuseFileChoosers(contents, () => calls.take());
    const check = (event: { readonly url: string; readonly isMainFrame?: boolean; preventDefault: () => void }) => {
      const allowed = policy();
      if (allowed && evaluateNavigation(event.url, allowed).allowed) return;
      event.preventDefault();
      // A refused frame inside the page does not replace the page with a notice.
      if (event.isMainFrame !== false) onRefused(event.url);
    };
    // Comes before `will-navigate`, and for frames too. So each navigation counts once.
    contents.on('will-frame-navigate', (event) => (calls.take(openingCost) ? check(event) : event.preventDefault()));
    contents.on('will-redirect', (event) => (calls.take(openingCost) ? check(event) : event.preventDefault()));
    contents.on('will-navigate', check);
    // No page may block its closing: its question would not be visible.
    contents.on('will-prevent-unload', (event) => event.preventDefault());
    contents.on('input-event', (_event, { type }) => this.#gesture.noteInput(type));
    contents.setWindowOpenHandler((asked) =>
      calls.take() && this.#gesture.use() && framesMayOpen(contents) ? onPopUp(asked, contents) : { action: 'deny' },
    );
  }

  /** A click on the previous page gives the next page no rights. */
  forgetGesture(): void {
    this.#gesture.forget();
  }
}
