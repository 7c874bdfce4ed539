import type { RefObject } from 'react';
import type { BoardRow } from '../../src-shared/servers/board.ts';
import { editions } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { FilterChoice } from '../controls/FilterChoice.tsx';
import { SearchField } from '../controls/SearchField.tsx';
import { type BoardFilter, type BoardQuestion, passes } from './board-list.ts';

export type BoardShape = 'list' | 'tree';

interface BoardFindProps {
  readonly rows: readonly BoardRow[];
  readonly question: BoardQuestion;
  readonly shape: BoardShape;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onQuestion: (change: Partial<BoardQuestion>) => void;
  readonly onShape: (shape: BoardShape) => void;
}

/** The search of the board, and whether the result is a list or a tree. */
export function BoardFind({ rows, question, shape, field, onQuestion, onShape }: BoardFindProps) {
  const said = words.board;
  const countOf = (filter: BoardFilter) => rows.filter((row) => passes(row, filter)).length;
  return (
    <div className="board-find">
      <SearchField
        name="board-search"
        label={said.searchLabel}
        placeholder={said.searchPlaceholder}
        value={question.search}
        onChange={(search) => onQuestion({ search })}
        field={field}
      />
      <FilterChoice<BoardFilter>
        legend={said.filterLabel}
        choices={[
          { value: 'all', label: said.filters.all(countOf('all')) },
          { value: 'action', label: said.filters.action(countOf('action')) },
          { value: 'archived', label: said.filters.archived(countOf('archived')) },
        ]}
        value={question.filter}
        onChange={(filter) => onQuestion({ filter })}
      />
      <select
        className="board-edition"
        aria-label={said.editionLabel}
        value={question.edition}
        onChange={({ target }) => onQuestion({ edition: editions.find((each) => each === target.value) ?? 'any' })}
      >
        <option value="any">{said.allEditions}</option>
        {editions.map((edition) => (
          <option key={edition} value={edition}>
            {words.frame.editions[edition]}
          </option>
        ))}
      </select>
      <FilterChoice<BoardShape>
        legend={said.viewLabel}
        choices={[
          { value: 'list', label: said.views.list },
          { value: 'tree', label: said.views.tree },
        ]}
        value={shape}
        onChange={onShape}
      />
      {shape === 'list' ? (
        <label className="board-group-choice">
          <input
            type="checkbox"
            checked={question.grouped}
            onChange={({ target }) => onQuestion({ grouped: target.checked })}
          />
          <span>{said.group}</span>
        </label>
      ) : null}
    </div>
  );
}
