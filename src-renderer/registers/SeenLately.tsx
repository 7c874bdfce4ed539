import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { PeerSeen, PeersView } from '../../src-shared/peer-verdict.ts';
import { words } from '../../src-shared/words/words.ts';
import { announce } from '../frame/announcer.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
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
  const field = useRef<HTMLInputElement>(null);
  const filtered = filter === 'all' ? view.peers : view.peers.filter(isRefused);
  const found = searchedPeers(sortedPeers(filtered, view.at), search);
  useCountSaid(found.length, `${filter} ${search}`);
  const { filters } = words.peers;
  return (
    <>
      <div className="registers-find">
        <SearchField value={search} onChange={setSearch} field={field} />
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
          isSearched={search.trim() !== ''}
          hasUnknown={filtered.some(({ verdict }) => verdict.peer === null)}
          onShowAll={() => {
            setSearch('');
            setFilter('all');
            // The button goes with what it did.
            field.current?.focus();
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

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

function SearchField({ value, onChange, field }: SearchFieldProps) {
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        ref={field}
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

interface NothingFoundProps {
  readonly isSearched: boolean;
  /** One that says nothing of itself is among them. */
  readonly hasUnknown: boolean;
  readonly onShowAll: () => void;
}

/** Also why one that somebody looks for may be missing, and what to do then. */
function NothingFound({ isSearched, hasUnknown, onShowAll }: NothingFoundProps) {
  const { go } = useConsole();
  const { nothingFound, notListed, noneRefused, showAll, help } = words.peers;
  return (
    <div className="registers-none">
      <p>{isSearched ? nothingFound : noneRefused}</p>
      {isSearched ? <p className="section-note">{notListed(hasUnknown)}</p> : null}
      <div className="step-actions">
        <Button onPress={onShowAll}>{showAll}</Button>
        {isSearched ? (
          <Button look="quiet" onPress={() => go({ page: 'help', topic: 'registers' })}>
            {help}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function PeerList({ found, nowAt }: { readonly found: readonly PeerSeen[]; readonly nowAt: number }) {
  const [limit, setLimit] = useState(rowsAtOnce);
  const list = useRef<HTMLUListElement>(null);
  const showMore = () => {
    setLimit(limit + rowsAtOnce);
    // Whoever works without a mouse goes on at the first one that came, wherever the button is now.
    requestAnimationFrame(() => list.current?.children[limit]?.querySelector<HTMLElement>('.peer-more')?.focus());
  };
  return (
    <>
      <ul className="peers" ref={list}>
        {found.slice(0, limit).map((seen) => (
          <PeerRow key={seen.key} seen={seen} nowAt={nowAt} />
        ))}
      </ul>
      {found.length > limit ? (
        <div>
          <Button onPress={showMore}>{words.peers.more}</Button>
        </div>
      ) : null}
    </>
  );
}
