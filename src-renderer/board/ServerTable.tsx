import { useCallback, useState } from 'react';
import type { BoardRow } from '../../src-shared/servers/board.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../controls/Icon.tsx';
import { type BoardColumn, boardColumns, type BoardLine, type BoardSort, rowKey } from './board-list.ts';
import { type RowActs, ServerCells } from './ServerCells.tsx';
import { useWindowedLines } from './windowed-lines.ts';

interface ServerTableProps {
  readonly lines: readonly BoardLine[];
  readonly nowAt: number;
  readonly sort: BoardSort;
  readonly onSort: (sort: BoardSort) => void;
  readonly acts: RowActs;
}

const usualHeight = 76;
const keyOfLine = (line: BoardLine): string => (line.is === 'server' ? rowKey(line.row) : `group ${line.name}`);

/** Servers, a row each. Only the rows on the screen are in the page; a screen reader gets their total number. */
export function ServerTable({ lines, nowAt, sort, onSort, acts }: ServerTableProps) {
  const { body, height, shown, active, setActive, walk } = useWindowedLines<HTMLTableSectionElement>({
    keys: lines.map(keyOfLine),
    usualHeight,
    takesFocus: (index) => lines[index]?.is === 'server',
  });
  const [openKeys, setOpenKeys] = useState<readonly string[]>([]);
  // The same function each time, so that a row that stays as it is, is not drawn again.
  const toggle = useCallback((row: BoardRow) => setOpenKeys((keys) => toggled(keys, rowKey(row))), []);
  const said = words.board;
  return (
    <>
      <p className="visually-hidden" id="board-hint">
        {said.tableHint}
      </p>
      <table
        className="board-table"
        aria-label={said.tableLabel}
        aria-describedby="board-hint"
        aria-rowcount={lines.length + 1}
        aria-colcount={boardColumns.length + 1}
      >
        <thead>
          <tr className="board-line board-head" aria-rowindex={1}>
            {boardColumns.map((column) => (
              <ColumnHead key={column} column={column} sort={sort} onSort={onSort} />
            ))}
            <th scope="col">
              <span className="visually-hidden">{said.details}</span>
            </th>
          </tr>
        </thead>
        <tbody className="board-rows" ref={body} style={{ height }}>
          {shown.map(({ index, gap }) => {
            const line = lines[index];
            if (!line) return null;
            const place = { 'data-index': index, 'aria-rowindex': index + 2, style: { marginBlockStart: gap } };
            if (line.is === 'group')
              return (
                <tr key={`group ${line.name}`} className="board-group" {...place}>
                  <td colSpan={boardColumns.length + 1}>
                    <span className="board-group-name">{line.name}</span> {said.groupSize(line.count)}
                  </td>
                </tr>
              );
            const { row } = line;
            const isActive = index === active;
            return (
              <tr
                key={rowKey(row)}
                className="board-line board-row"
                data-tone={row.tone}
                data-environment={row.environment ?? undefined}
                onFocus={() => isActive || setActive(index)}
                onKeyDown={walk}
                {...place}
              >
                <ServerCells
                  row={row}
                  nowAt={nowAt}
                  acts={acts}
                  isActive={isActive}
                  isOpen={openKeys.includes(rowKey(row))}
                  onToggle={toggle}
                />
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

const toggled = (keys: readonly string[], key: string): readonly string[] =>
  keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key];

interface ColumnHeadProps {
  readonly column: BoardColumn;
  readonly sort: BoardSort;
  readonly onSort: (sort: BoardSort) => void;
}

function ColumnHead({ column, sort, onSort }: ColumnHeadProps) {
  const isSorted = sort.by === column;
  return (
    <th scope="col" aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className="board-sort"
        title={column === 'action' ? words.board.sortedByUrgency : undefined}
        onClick={() => onSort({ by: column, descending: isSorted && !sort.descending })}
      >
        <span>{words.board.columns[column]}</span>
        {isSorted ? <Icon name={sort.descending ? 'down' : 'up'} /> : null}
      </button>
    </th>
  );
}
