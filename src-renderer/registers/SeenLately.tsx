import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { PeerSeen, PeersView } from '../../src-shared/peer-verdict.ts';
import { words } from '../../src-shared/words/words.ts';
import { announce } from '../frame/announcer.ts';
import { Button } from '../frame/Button.tsx';
import { FilterChoice } from '../frame/FilterChoice.tsx';
import { Icon } from '../frame/Icon.tsx';
import { PeerRow } from './PeerRow.tsx';
import { isRefused, type PeerFilter, searchedPeers, sortedPeers } from './peer-list.ts';

/** As many are shown at first, and more of them at each press. */
const rowsAtOnce = 50;

interface SeenLatelyProps {
  readonly view: PeersView;
  /** What stands here while there is none. */
  readonly empty: ReactNode;
}

/** The registers and servers that showed a token lately; the search and the choice last as long as the page is open. */
export function SeenLately({ view, empty }: SeenLatelyProps) {
  const id = useId();
  const refused = view.peers.filter(isRefused).length;
  const isEmpty = view.peers.length === 0;
  return (
    <section className="card registers-card" aria-labelledby={id}>
      <div className="registers-head">
        <h2 className="section-heading" id={id}>
          {words.peers.heading}
        </h2>
        {isEmpty ? null : <p className="section-note">{words.peers.summary(view.peers.length, refused)}</p>}
      </div>
      {isEmpty ? empty : <PeerSearch view={view} refused={refused} />}
    </section>
  );
}

function PeerSearch({ view, refused }: { readonly view: PeersView; readonly refused: number }) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<PeerFilter>('all');
  const filtered = filter === 'all' ? view.peers : view.peers.filter(isRefused);
  const found = searchedPeers(sortedPeers(filtered, view.at), search);
  useCountSaid(found.length, `${filter} ${search}`);
  const { filters } = words.peers;
  return (
    <>
      <div className="registers-find">
        <SearchField value={search} onChange={setSearch} />
        <FilterChoice
          legend={words.peers.filterLabel}
          choices={[
            { value: 'all', label: filters.all(view.peers.length) },
            { value: 'refused', label: filters.refused(refused) },
          ]}
          value={filter}
          onChange={setFilter}
        />
      </div>
      {found.length === 0 ? (
        <NothingFound
          said={search.trim() === '' ? words.peers.noneRefused : words.peers.nothingFound}
          onShowAll={() => {
            setSearch('');
            setFilter('all');
          }}
        />
      ) : (
        <PeerList found={found} nowAt={view.at} />
      )}
    </>
  );
}

/** Lets a screen reader say how many are left, once typing pauses. What comes by itself is not said. */
function useCountSaid(count: number, question: string): void {
  const latest = useRef(count);
  const asked = useRef(question);
  useEffect(() => {
    latest.current = count;
  }, [count]);
  useEffect(() => {
    if (asked.current === question) return undefined;
    asked.current = question;
    const pausing = setTimeout(() => announce(words.peers.shown(latest.current)), 500);
    return () => clearTimeout(pausing);
  }, [question]);
}

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        type="search"
        name="peer-search"
        aria-label={words.peers.searchLabel}
        placeholder={words.peers.searchPlaceholder}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function NothingFound({ said, onShowAll }: { readonly said: string; readonly onShowAll: () => void }) {
  return (
    <div className="registers-none">
      <p className="section-note">{said}</p>
      <Button onPress={onShowAll}>{words.peers.showAll}</Button>
    </div>
  );
}

function PeerList({ found, nowAt }: { readonly found: readonly PeerSeen[]; readonly nowAt: number }) {
  const [limit, setLimit] = useState(rowsAtOnce);
  return (
    <>
      <ul className="peers">
        {found.slice(0, limit).map((seen) => (
          <PeerRow key={seen.key} seen={seen} nowAt={nowAt} />
        ))}
      </ul>
      {found.length > limit ? (
        <div>
          <Button onPress={() => setLimit(limit + rowsAtOnce)}>{words.peers.more}</Button>
        </div>
      ) : null}
    </>
  );
}
