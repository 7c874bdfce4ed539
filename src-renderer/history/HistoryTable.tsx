import { useState } from 'react';
import { eventIcon, eventTone } from '../../src-shared/history/event-kinds.ts';
import type { HistoryRow } from '../../src-shared/history/history-runs.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';

/** The number of rows shown at first, and added at each press. */
const rowsAtOnce = 100;

interface HistoryTableProps {
  readonly rows: readonly HistoryRow[];
  readonly labelledBy: string;
}

export function HistoryTable({ rows, labelledBy }: HistoryTableProps) {
  const [limit, setLimit] = useState(rowsAtOnce);
  return (
    <>
      <table className="history-table" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">{words.history.timeColumn}</th>
            <th scope="col">{words.history.whatColumn}</th>
            <th scope="col">{words.history.detailColumn}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length > limit ? (
        <div>
          <Button onPress={() => setLimit(limit + rowsAtOnce)}>{words.history.older}</Button>
        </div>
      ) : null}
    </>
  );
}

function Row({ row }: { readonly row: HistoryRow }) {
  const { headline, detail, code } = words.history.row(row);
  return (
    <tr data-event={row.event.kind}>
      <td className="history-time">
        <time dateTime={new Date(row.at).toISOString()} title={words.dates.exact(row.at)}>
          {words.history.time(row.at)}
        </time>
      </td>
      <td>
        <span className="history-what" data-tone={eventTone(row.event)}>
          <Icon name={eventIcon(row.event)} />
          <span>{headline}</span>
        </span>
      </td>
      <td className="history-detail">
        {detail}
        {detail === '' || code === undefined ? null : ' '}
        {code === undefined ? null : (
          <span className="history-code">
            {words.frame.failureCode} <code>{code}</code>
          </span>
        )}
      </td>
    </tr>
  );
}
