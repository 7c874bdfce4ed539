import { useId, useState } from 'react';
import { type HistoryFilter, historyFilters, passesFilter } from '../../src-shared/history/history-filter.ts';
import type { HistoryView } from '../../src-shared/history/history-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../state/announcer.ts';
import { useConsole } from '../state/console-context.ts';
import { FilterChoice } from '../controls/FilterChoice.tsx';
import { askOnce, useMainRead } from '../state/main-read.ts';
import { Page } from '../frame/Page.tsx';
import { NoticeBar } from '../controls/NoticeBar.tsx';
import { ExportOutcomeNote, useExport } from './ExportHistory.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import { TimelinePicture } from './TimelinePicture.tsx';

const askHistory = askOnce(() => call('history.read'));

/** The history of the shown server's license, read again after every new entry. */
export default function HistoryPage() {
  const { profile, notices, historyRevision } = useConsole().state;
  const { read, again } = useMainRead(askHistory, historyRevision);
  const { button, outcome, exportAgain } = useExport();
  const hasRows = read?.ok && read.value.rows.length > 0;
  return (
    <Page title={words.history.pageTitle} breadcrumb={false} takesFocus aside={<>{hasRows ? button : null}</>}>
      <ExportOutcomeNote outcome={outcome} retry={exportAgain} />
      <NoticeBar notices={notices.filter(({ id }) => id === 'history_not_written')} />
      {read === null ? null : read.ok ? (
        <ReadHistory key={profile?.id} view={read.value} />
      ) : (
        <FailureNotice failure={read.failure} retry={again} />
      )}
    </Page>
  );
}

function ReadHistory({ view }: { readonly view: HistoryView }) {
  const { rows, timeline, incomplete } = view;
  const isKnown = timeline.license.some(({ state }) => state !== 'unknown');
  return (
    <>
      {incomplete ? <Notice tone="caution" headline={words.history.incomplete} /> : null}
      {isKnown || timeline.marks.length > 0 ? <TimelinePicture timeline={timeline} /> : null}
      {rows.length === 0 ? <p className="lede">{words.history.empty}</p> : <Entries view={view} />}
      <Skipped count={view.skipped} />
    </>
  );
}

const filterChoices = historyFilters.map((value) => ({ value, label: words.history.filters[value] }));

/** The entries that pass the filter. The chosen filter is kept while the page is open. */
function Entries({ view: { rows, olderRows } }: { readonly view: HistoryView }) {
  const id = useId();
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const shown = rows.filter((row) => passesFilter(row, filter));
  const choose = (next: HistoryFilter) => {
    setFilter(next);
    announce(words.history.shown(rows.filter((row) => passesFilter(row, next)).length));
  };
  return (
    <section className="card page-card history-card" aria-labelledby={id}>
      <div className="spread-row">
        <h2 className="section-heading" id={id}>
          {words.history.entriesHeading}
        </h2>
        <FilterChoice legend={words.history.filterLabel} choices={filterChoices} value={filter} onChange={choose} />
      </div>
      {shown.length === 0 ? (
        <p className="section-note">{words.history.noneOfThese}</p>
      ) : (
        <HistoryTable key={filter} rows={shown} labelledBy={id} />
      )}
      {olderRows > 0 ? <p className="section-note">{words.history.olderKept(olderRows)}</p> : null}
    </section>
  );
}

function Skipped({ count }: { readonly count: number }) {
  return count === 0 ? null : <p className="section-note">{words.history.skipped(count)}</p>;
}
