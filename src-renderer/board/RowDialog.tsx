import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import { ForgetServerDialog } from '../settings/ForgetServerDialog.tsx';
import { RenameServerDialog } from '../settings/RenameServerDialog.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import type { RowQuestion } from './row-question.ts';

interface RowDialogProps {
  readonly question: RowQuestion;
  readonly onClosed: (isDone: boolean) => void;
}

/** The dialog for what a person wants to do with a server. */
export function RowDialog({ question: { to, row, server }, onClosed }: RowDialogProps) {
  const { kind, id, name, license } = row;
  const { archiving, forgettingReported } = words.board;
  if (to === 'note') return <NoteDialog row={row} onClosed={onClosed} />;
  if (to === 'archive')
    return (
      <ConfirmDialog
        heading={archiving.heading(name)}
        meaning={archiving.meaning(license !== undefined)}
        confirm={archiving.confirm}
        cancel={words.board.cancel}
        look="primary"
        act={() => call('board.archive', { key: { kind, id }, archived: true })}
        done={archiving.archived(name)}
        onClosed={onClosed}
      />
    );
  if (to === 'rename') return server ? <RenameServerDialog server={server} onClosed={() => onClosed(true)} /> : null;
  if (server) return <ForgetServerDialog server={server} onClosed={onClosed} />;
  return (
    <ConfirmDialog
      heading={forgettingReported.heading(name)}
      meaning={forgettingReported.meaning}
      confirm={forgettingReported.confirm}
      cancel={words.board.cancel}
      look="danger-primary"
      act={() => call('board.forget_reported', { id })}
      done={words.servers.forgetting.forgotten(name)}
      onClosed={onClosed}
    />
  );
}
