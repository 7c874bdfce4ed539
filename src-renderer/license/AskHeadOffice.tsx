import { lazy, Suspense, useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { IconButton } from '../frame/Button.tsx';

const HeadOfficeDialog = lazy(() => import('./HeadOfficeDialog.tsx'));

/** Opens the message for a person who is allowed to sign in, if nobody at the store is. */
export function AskHeadOffice() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <IconButton icon="mail" label={words.headOffice.action} onPress={() => setAsking(true)} />
      {asking ? (
        <Suspense fallback={null}>
          <HeadOfficeDialog onClosed={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
