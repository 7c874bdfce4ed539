import type { UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';

interface OpenCodePageProps {
  readonly code: UserCodeView;
  readonly look?: 'primary' | 'standard';
}

/** Opens the page for the User Code in the pane, with the code filled in if the server offers that. */
export function OpenCodePage({ code, look = 'standard' }: OpenCodePageProps) {
  const codeFilledIn = code.verificationUriComplete !== undefined;
  return (
    <Button look={look} onPress={() => send('acquisition.open_verification', { codeFilledIn })}>
      {codeFilledIn ? words.acquisition.openFilledIn : words.acquisition.openPage}
    </Button>
  );
}
