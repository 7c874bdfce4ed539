import { useMemo, useRef, useState } from 'react';
import type { BoardRow, BoardView } from '../../src-shared/servers/board.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { sayExport } from '../state/exports.ts';
import { Page } from '../frame/Page.tsx';
import { useCountSaid } from '../frame/search.ts';
import { toast, toastDone } from '../state/toast.ts';
import { AddServerDialog } from '../settings/AddServerDialog.tsx';
import { BoardFind, type BoardShape } from './BoardFind.tsx';
import {
  boardLines,
  type BoardFilter,
  type BoardQuestion,
  canSeek,
  foundRows,
  type NothingFoundCause,
  passes,
  whyNothingFound,
} from './board-list.ts';
import { useBoard } from './board-read.ts';
import { RowDialog } from './RowDialog.tsx';
import { type RowAct, type RowQuestion, rowQuestion } from './row-question.ts';
import type { RowActs } from './ServerCells.tsx';
import { ServerTable } from './ServerTable.tsx';
import { ServerTree } from './ServerTree.tsx';

const everything: BoardQuestion = {
  search: '',
  filter: 'all',
  edition: 'any',
  sort: { by: 'action', descending: false },
  grouped: false,
};

/** All servers that this console knows, most urgent first. */
export default function BoardPage() {
  const { profile } = useConsole().state;
  const { read, again } = useBoard();
  const [adding, setAdding] = useState(false);
  const [saving, setSaving] = useState(false);
  const said = words.board;
  const isEmpty = read?.ok === true && read.value.rows.length === 0;
  const save = async () => {
    setSaving(true);
    sayExport(await call('board.export'));
    setSaving(false);
  };
  return (
    <Page
      title={said.pageTitle}
      face="board"
      breadcrumb={false}
      takesFocus
      aside={
        <div className="board-aside">
          {isEmpty ? null : (
            <Button icon="save" busy={saving} onPress={() => void save()}>
              {said.exportCsv}
            </Button>
          )}
          <Button look={isEmpty ? 'primary' : 'standard'} icon="plus" onPress={() => setAdding(true)}>
            {profile ? said.add : said.addFirst}
          </Button>
        </div>
      }
    >
      {read === null ? null : read.ok ? (
        <KnownServers view={read.value} again={again} />
      ) : (
        <FailureNotice failure={read.failure} retry={again} />
      )}
      {adding ? <AddServerDialog onClosed={() => setAdding(false)} /> : null}
    </Page>
  );
}

/** Keeps the search and the view while the page is open. */
function KnownServers({ view, again }: { readonly view: BoardView; readonly again: () => void }) {
  const { state, go } = useConsole();
  const [question, setQuestion] = useState(everything);
  const [shape, setShape] = useState<BoardShape>('list');
  const [asking, setAsking] = useState<RowQuestion | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const said = words.board;
  const found = useMemo(() => foundRows(view.rows, question), [view.rows, question]);
  const lines = useMemo(() => boardLines(found, question.grouped), [found, question.grouped]);
  const { search, filter, edition } = question;
  useCountSaid(found.length, `${filter} ${edition} ${search}`, said.shown);
  const open = async ({ kind, id }: BoardRow) => {
    if (kind !== 'own') return;
    const chosen = await call('profile.choose', { id });
    if (chosen.ok) go({ page: 'license' });
    else toast(chosen, '');
  };
  const unarchive = async ({ kind, id, name }: BoardRow) => {
    const changed = await call('board.archive', { key: { kind, id }, archived: false });
    if (!changed.ok) return toast(changed, '');
    toastDone(said.archiving.restored(name));
    return again();
  };
  const ask = (to: RowAct, row: BoardRow) => {
    const asked = rowQuestion(to, row, state.servers);
    setAsking(asked);
    // The server was forgotten a moment ago, for example in a terminal.
    if (!asked) again();
  };
  const acts: RowActs = {
    open: (row) => void open(row),
    ask,
    unarchive: (row) => void unarchive(row),
  };
  const countOf = (counted: BoardFilter) => view.rows.filter((row) => passes(row, counted)).length;
  return (
    <>
      {view.rows.length > 0 ? <p className="section-note">{said.summary(countOf('all'), countOf('action'))}</p> : null}
      {canSeek(view.rows) ? (
        <BoardFind
          rows={view.rows}
          question={question}
          shape={shape}
          field={field}
          onQuestion={(change) => setQuestion({ ...question, ...change })}
          onShape={setShape}
        />
      ) : null}
      {found.length === 0 ? (
        <NothingFound
          cause={whyNothingFound(view.rows, question)}
          onShow={(shown) => {
            setQuestion({ ...everything, filter: shown });
            // The button disappears, so the focus has to move. One server has no search field.
            (field.current ?? document.querySelector<HTMLElement>('.page h1'))?.focus();
          }}
        />
      ) : shape === 'tree' ? (
        <ServerTree rows={found} onOpen={acts.open} />
      ) : (
        <ServerTable
          lines={lines}
          nowAt={view.at}
          sort={question.sort}
          onSort={(sort) => setQuestion({ ...question, sort })}
          acts={acts}
        />
      )}
      {asking ? (
        <RowDialog
          question={asking}
          onClosed={(isDone) => {
            setAsking(null);
            if (isDone) again();
          }}
        />
      ) : null}
    </>
  );
}

interface NothingFoundProps {
  readonly cause: NothingFoundCause;
  readonly onShow: (filter: BoardFilter) => void;
}

function NothingFound({ cause, onShow }: NothingFoundProps) {
  const { nothingFound, showEverything, showArchived } = words.board;
  const leadsTo = cause === 'all_archived' ? 'archived' : 'all';
  return (
    <div className="registers-none">
      <p>{nothingFound[cause]}</p>
      {cause === 'no_servers' ? null : (
        <div>
          <Button onPress={() => onShow(leadsTo)}>{leadsTo === 'archived' ? showArchived : showEverything}</Button>
        </div>
      )}
    </div>
  );
}
