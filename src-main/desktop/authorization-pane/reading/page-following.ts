import type { WebContents } from 'electron';
import { type Failure, failure } from '../../../../src-shared/result.ts';
import { evaluateNavigation, type PanePolicy } from '../limits/navigation-policy.ts';
import { isEmptyPage } from './page-questions.ts';
import type { PaneLoad } from '../pane-load.ts';

interface PageFollowingDeps {
  readonly load: PaneLoad;
  /** What is shown about the page may have changed. */
  readonly onChanged: () => void;
  readonly isStart: (address: string) => boolean;
  /** Scripts can run in the document of the page. */
  readonly onReady: () => void;
  readonly policy: () => PanePolicy | undefined;
  /** The page has an address that the pane may not show, so the pane has to leave it. */
  readonly onStray: () => void;
  readonly onCame: () => void;
  readonly hasFailed: () => boolean;
  /** The true error, if it differs from Chromium's own. */
  readonly errorOf: (address: string) => string | undefined;
  /** Names a failure more exactly, if more is known about the page at that address. `isEmpty`: the page shows nothing. */
  readonly explain: (reason: Failure | null, address: string, isEmpty: boolean) => Failure | null;
  readonly onFailed: (reason: Failure) => void;
  /** The process of the page has ended unexpectedly. */
  readonly onEnded: (reason: Failure) => void;
}

/** Follows the page of the pane from the request to the end of its process. */
export function followPage(contents: WebContents, deps: PageFollowingDeps): void {
  const { load, onChanged } = deps;
  const failOn = (reason: Failure | null) => reason && deps.onFailed(reason);
  contents.on('did-start-loading', onChanged);
  contents.on('did-stop-loading', () => {
    const nothing = load.stopped();
    if (!deps.hasFailed()) failOn(nothing);
    onChanged();
  });
  contents.on('did-start-navigation', ({ url, isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) load.begin(url, deps.isStart(url));
  });
  contents.on('dom-ready', () => {
    deps.onReady();
    const page = load.unread;
    if (page === null) return;
    void isEmptyPage(contents).then((isEmpty) => {
      if (load.unread === page) failOn(deps.explain(load.read(page, isEmpty), contents.getURL(), isEmpty));
    });
  });
  contents.on('did-navigate', (_event, url, status) => {
    // An empty page raises no event that could be prevented.
    const policy = deps.policy();
    if (policy && !evaluateNavigation(url, policy).allowed) return deps.onStray();
    load.landed(url, status);
    deps.onCame();
    onChanged();
  });
  contents.on('did-navigate-in-page', onChanged);
  contents.on('did-fail-load', (_event, _code, description, url, isMainFrame) => {
    const reason = isMainFrame ? load.failed(deps.errorOf(url) ?? description, url) : null;
    failOn(reason && deps.explain(reason, url, true));
  });
  contents.on('render-process-gone', (_event, { reason }) =>
    deps.onEnded(failure(reason === 'oom' ? 'page_too_large' : 'page_ended')),
  );
}
