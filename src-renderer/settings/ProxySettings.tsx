import type { ProxySignInView } from '../../src-shared/authorization-pane/sign-in-question.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { toast } from '../state/toast.ts';

const said = words.proxy;

function wordsOf({ kept, unsaved }: ProxySignInView): string {
  if (kept) return unsaved ? said.untilEnd : said.isKept;
  return unsaved ? said.stillInKeychain : said.isMissing;
}

/** The name and password of the proxy that asked for them in this run. Nothing if none did. */
export function ProxySettings() {
  const { proxySignIn } = useConsole().state;
  if (!proxySignIn) return null;
  const forget = () => void call('sign_in.forget_proxy').then((forgotten) => toast(forgotten, said.forgotten));
  return (
    <section className="card page-card" aria-labelledby="proxy-heading">
      <h2 className="section-heading" id="proxy-heading">
        {said.heading}
      </h2>
      <p className="section-note">
        {said.wants(proxySignIn.proxy)} {wordsOf(proxySignIn)}
      </p>
      <div className="step-actions">
        <Button onPress={() => send('sign_in.enter_proxy')}>{said.enter}</Button>
        {proxySignIn.kept || proxySignIn.unsaved ? <Button onPress={forget}>{said.forget}</Button> : null}
      </div>
    </section>
  );
}
