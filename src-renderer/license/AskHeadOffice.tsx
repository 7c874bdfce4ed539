import { useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { lazyPart } from '../frame/lazy-part.tsx';

const HeadOfficeDialog = lazyPart(() => import('./HeadOfficeDialog.tsx'));

/** Opens the message for a person who is allowed to sign in, if nobody at the store is. */
export function AskHeadOffice() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" icon="mail" onPress={() => setAsking(true)}>
        {words.headOffice.action}
      </Button>
      {asking ? <HeadOfficeDialog onClosed={() => setAsking(false)} /> : null}
    </>
  );
}
