import type { Notice as ConsoleNotice } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Notice } from '../failure/Notice.tsx';
import { Button } from './Button.tsx';

/** Notices about events at the start of the console that a person should know about. */
export function NoticeBar({ notices }: { readonly notices: readonly ConsoleNotice[] }) {
  return notices.map((notice) => (
    <Notice
      key={notice.id}
      tone="info"
      meaning={words.notices[notice.id](notice)}
      actions={
        <Button look="quiet" onPress={() => send('notice.dismiss', { id: notice.id })}>
          {words.notices.dismiss}
        </Button>
      }
    />
  ));
}
