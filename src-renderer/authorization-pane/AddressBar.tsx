import { type ReactNode, useEffect } from 'react';
import type { PaneView } from '../../src-shared/window/console-state.ts';
import type { IconName } from '../../src-shared/window/icon-shapes.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useMoment } from '../state/moment.ts';
import { openInBrowser } from './open-in-browser.ts';

/** The true address of the embedded page, and the buttons to navigate in it. `children`: below them. */
export function AddressBar({ pane, children }: { readonly pane: PaneView; readonly children: ReactNode }) {
  const [outcome, tell] = useOutcome();
  return (
    <header className="address-bar" data-region="address-bar" tabIndex={-1}>
      <div className="address-tools">
        <IconButton icon="back" label={words.pane.back} disabled={!pane.canGoBack} onPress={() => send('pane.back')} />
        <IconButton icon="reload" label={words.pane.reload} onPress={() => send('pane.reload')} />
        <IconButton icon="home" label={words.pane.home} onPress={() => send('pane.home')} />
      </div>
      <Address pane={pane} />
      <div className="address-tools">
        <Zoom percent={pane.zoomPercent} />
        <IconButton icon="browser" label={words.pane.openInBrowser} onPress={() => void openInBrowser().then(tell)} />
        <IconButton icon="signOut" label={words.pane.signOut} onPress={() => void signOut().then(tell)} />
        <IconButton icon="close" label={words.pane.collapse} onPress={() => send('pane.show', { open: false })} />
      </div>
      {pane.origin !== '' && !pane.isAuthorizationServer ? (
        <p className="address-warning">
          <Icon name="warning" />
          {words.pane.otherSite}
        </p>
      ) : null}
      {pane.popUp ? <PopUpOpen /> : null}
      {outcome === null ? null : <p className="address-outcome">{outcome}</p>}
      {children}
    </header>
  );
}

/** The person has to continue in another window, which may be behind this one. */
function PopUpOpen() {
  useEffect(() => announce(words.pane.popUpOpen), []);
  return (
    <p className="address-pop-up">
      {words.pane.popUpOpen}
      <Button look="quiet" onPress={() => send('pane.focus')}>
        {words.pane.showPopUp}
      </Button>
    </p>
  );
}

const transports: Record<PaneView['transport'], { icon: IconName; label: string }> = {
  secure: { icon: 'lock', label: words.pane.secure },
  loopback: { icon: 'computer', label: words.pane.loopback },
  none: { icon: 'warning', label: words.pane.notSecure },
};

function Address({ pane }: { readonly pane: PaneView }) {
  const known = pane.origin !== '';
  const transport = transports[pane.transport];
  return (
    <div className="address" data-transport={known ? pane.transport : 'unknown'}>
      {known ? (
        <span className="address-transport" title={transport.label}>
          <Icon name={transport.icon} />
          <span className="visually-hidden">{transport.label}</span>
        </span>
      ) : null}
      <span className="address-origin" data-testid="pane-origin" title={pane.origin}>
        <bdi dir="ltr">{known ? pane.origin : words.pane.noAddress}</bdi>
      </span>
    </div>
  );
}

function Zoom({ percent }: { readonly percent: number }) {
  return (
    <span className="zoom">
      <IconButton icon="minus" label={words.pane.zoomOut} onPress={() => send('pane.zoom', { change: 'out' })} />
      <button
        type="button"
        className="zoom-percent"
        title={words.pane.zoomReset(percent)}
        aria-label={words.pane.zoomReset(percent)}
        onClick={() => send('pane.zoom', { change: 'reset' })}
      >
        {words.pane.zoomPercent(percent)}
      </button>
      <IconButton icon="plus" label={words.pane.zoomIn} onPress={() => send('pane.zoom', { change: 'in' })} />
    </span>
  );
}

async function signOut(): Promise<string | null> {
  const signedOut = await call('pane.sign_out');
  return signedOut.ok ? words.pane.signedOut : words.failureWords(signedOut.failure).headline;
}

/** The outcome of a button of the bar, shown for a moment if the page itself does not show it. Ends with its server. */
function useOutcome(): readonly [string | null, (outcome: string | null) => void] {
  const [outcome, setOutcome] = useMoment<string>();
  useEffect(() => {
    if (outcome === null) return undefined;
    announce(outcome);
    const fading = setTimeout(() => setOutcome(null), 8000);
    return () => clearTimeout(fading);
  }, [outcome, setOutcome]);
  return [outcome, setOutcome];
}
