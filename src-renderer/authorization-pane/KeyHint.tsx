import { useEffect, useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';
import { openInBrowser } from './open-in-browser.ts';

/** The page waits for a passkey or a security key, and the pane has no window for that. */
export function KeyHint() {
  const [notOpened, setNotOpened] = useState<string | null>(null);
  useEffect(() => announce(words.pane.wantsKey), []);
  return (
    <div className="key-hint">
      <Icon name="warning" />
      <p>{notOpened ?? words.pane.wantsKey}</p>
      <Button icon="browser" onPress={() => void openInBrowser().then(setNotOpened)}>
        {words.pane.openInBrowser}
      </Button>
    </div>
  );
}
