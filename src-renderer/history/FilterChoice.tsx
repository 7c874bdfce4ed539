import { type HistoryFilter, historyFilters } from '../../src-shared/history-filter.ts';
import { words } from '../../src-shared/words/words.ts';

interface FilterChoiceProps {
  readonly value: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}

export function FilterChoice({ value, onChange }: FilterChoiceProps) {
  return (
    <fieldset role="radiogroup" className="history-filter">
      <legend className="visually-hidden">{words.history.filterLabel}</legend>
      {historyFilters.map((filter) => (
        <label className="filter-choice" key={filter}>
          <input
            type="radio"
            name="history-filter"
            value={filter}
            checked={value === filter}
            onChange={() => onChange(filter)}
          />
          <span>{words.history.filters[filter]}</span>
        </label>
      ))}
    </fieldset>
  );
}
