import { useState } from 'react';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { useFind } from '../frame/find.ts';
import { lazyPart } from '../frame/lazy-part.tsx';
import { AddressBar } from './AddressBar.tsx';
import { KeyHint } from './KeyHint.tsx';
import { OpenCodePage } from './OpenCodePage.tsx';
import { openInBrowser } from './open-in-browser.ts';
import { PanePlaceholder } from './PanePlaceholder.tsx';

const FindBar = lazyPart(() => import('./FindBar.tsx'));

/** The Authorization server next to the steps: its true address, and the area over which the main process places its page. */
export function AuthorizationPane({ covered }: { readonly covered: boolean }) {
  const { pane, profile } = useConsole().state;
  const finding = useFindBar(profile?.id, pane.failure === null);
  return (
    <section className="pane" aria-label={words.pane.regionLabel}>
      <AddressBar pane={pane}>
        {finding.asked > 0 ? <FindBar found={pane.found} asked={finding.asked} onClosed={finding.close} /> : null}
      </AddressBar>
      {pane.wantsKey && !pane.failure ? <KeyHint /> : null}
      <div className="pane-loading" data-loading={pane.loading || undefined} aria-hidden="true" />
      <div className="pane-place">
        <PanePlaceholder visible={!covered && !pane.failure} />
        {pane.failure ? <PaneFailure failure={pane.failure} /> : null}
      </div>
    </section>
  );
}

/** How often a person opened the find bar of this server's page since it was last closed. A notice in place of the page closes it. */
function useFindBar(profileId: string | undefined, isPageShown: boolean) {
  const [bar, setBar] = useState({ of: profileId, asked: 0 });
  const isOpen = isPageShown && bar.of === profileId;
  if (!isOpen && bar.asked > 0) setBar({ of: profileId, asked: 0 });
  useFind(() => isPageShown && setBar(({ asked }) => ({ of: profileId, asked: asked + 1 })));
  const close = () => {
    setBar({ of: profileId, asked: 0 });
    // The last match is selected there.
    send('pane.focus');
  };
  return { asked: isOpen ? bar.asked : 0, close };
}

/** Replaces the page: says why it is missing, and offers ways to continue. */
function PaneFailure({ failure }: { readonly failure: Failure }) {
  const { state, go } = useConsole();
  const { hidesPage } = state.pane;
  const [notOpened, setNotOpened] = useState<string | null>(null);
  // The pane cannot open any other page of the server either.
  const wantsProxySignIn = failure.code === 'proxy_sign_in';
  const isCutOff = wantsProxySignIn || failure.code === 'pane_not_connected' || failure.code === 'proxy_unsupported';
  // A browser may support what the pane does not.
  const needsBrowser =
    isCutOff || failure.code === 'client_certificate_needed' || failure.code === 'integrated_sign_in';
  const startFailed = state.pane.startFailed && !isCutOff;
  const code = state.acquisition.state === 'awaiting_authorization' ? state.acquisition.code : null;
  const isRefused = failure.code === 'address_not_allowed' && !startFailed;
  const load = (intent: 'pane.home' | 'pane.reload' | 'pane.back') => {
    send(intent);
    send('pane.focus');
  };
  return (
    <div className="pane-failure" data-region="pane-failure" tabIndex={-1}>
      <FailureNotice
        failure={failure}
        hint={notOpened ?? (startFailed ? wayOn(state) : undefined)}
        action={
          <>
            {startFailed && code ? <OpenCodePage code={code} look="primary" /> : null}
            {wantsProxySignIn ? (
              <Button look="primary" onPress={() => send('sign_in.enter_proxy')}>
                {words.remedyLabel(failure.remedy)}
              </Button>
            ) : null}
            {needsBrowser ? (
              <Button
                look={wantsProxySignIn ? 'standard' : 'primary'}
                icon="browser"
                onPress={() => void openInBrowser().then(setNotOpened)}
              >
                {words.pane.openInBrowser}
              </Button>
            ) : null}
            {isRefused ? (
              <Button icon="reload" onPress={() => load('pane.home')}>
                {words.pane.home}
              </Button>
            ) : (
              <Button icon="reload" onPress={() => load('pane.reload')}>
                {words.pane.reload}
              </Button>
            )}
            {startFailed && !code ? (
              <Button onPress={() => go({ page: 'settings' })}>{words.remedyLabel('edit_settings')}</Button>
            ) : null}
            {hidesPage && !isRefused ? (
              <Button look="quiet" onPress={() => load('pane.back')}>
                {words.pane.showAnyway}
              </Button>
            ) : null}
          </>
        }
      />
    </div>
  );
}

/** How to continue without the start page. The page for the User Code is enough if the server can be reached for a code. */
function wayOn({ acquisition, connection, license }: ConsoleState): string | undefined {
  const { code, next, settings } = words.pane.wayOn;
  if (acquisition.state === 'awaiting_authorization') return code;
  if (connection.state === 'offline') return undefined;
  return license ? settings : next;
}
