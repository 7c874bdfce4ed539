import { type ReactNode, useId, useRef, useState } from 'react';
import type { PeerSeen, PeersView } from '../../src-shared/registers/peer-verdict.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { FilterChoice } from '../controls/FilterChoice.tsx';
import { useCountSaid } from '../frame/search.ts';
import { SearchField } from '../controls/SearchField.tsx';
import { PeerRow } from './PeerRow.tsx';
import { isRefused, type PeerFilter, searchedPeers, sortedPeers } from './peer-list.ts';

/** The number of peers shown at first, and added at each press. */
const rowsAtOnce = 50;

interface SeenLatelyProps {
  readonly view: PeersView;
  /** Shown while the list is empty. */
  readonly empty: ReactNode;
}

/** The registers and servers that recently presented a token. The search and the filter are kept while the page is open. */
export function SeenLately({ view, empty }: SeenLatelyProps) {
  const id = useId();
  const refused = view.peers.filter(isRefused).length;
  const isEmpty = view.peers.length === 0;
  return (
    <section className="card page-card registers-card" aria-labelledby={id}>
      <div className="spread-row">
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
  useCountSaid(found.length, `${filter} ${search}`, words.peers.shown);
  const { filters } = words.peers;
  return (
    <>
      <div className="spread-row">
        <SearchField
          name="peer-search"
          label={words.peers.searchLabel}
          placeholder={words.peers.searchPlaceholder}
          value={search}
          onChange={setSearch}
          field={field}
        />
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
            // The button disappears, so the focus has to move.
            field.current?.focus();
          }}
        />
      ) : (
        <PeerList found={found} nowAt={view.at} />
      )}
    </>
  );
}

interface NothingFoundProps {
  readonly isSearched: boolean;
  /** The list contains a peer whose token does not identify it. */
  readonly hasUnknown: boolean;
  readonly onShowAll: () => void;
}

/** Says that nothing was found, why the wanted peer may be missing, and what to do then. */
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
    // For keyboard users, moves the focus to the first added row, because the button has moved.
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
