import { type Place, type RailPage, railPages } from '../../src-shared/window/place.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../controls/Icon.tsx';

interface RailProps {
  readonly current: RailPage;
  readonly firstRun: boolean;
  /** There is an offer to help, so its page has a place. */
  readonly helps: boolean;
  /** The pointer or the focus is on its button. */
  readonly onAboutToOpen: (page: RailPage) => void;
  readonly go: (place: Place) => void;
}

export function Rail({ current, firstRun, helps, onAboutToOpen, go }: RailProps) {
  const offer: readonly RailPage[] = helps || current === 'offer' ? ['offer'] : [];
  return (
    <nav className="rail" aria-label={words.frame.railLabel} data-region="rail">
      {[...railPages(firstRun), ...offer].map((page) => (
        <button
          key={page}
          type="button"
          className="rail-item"
          aria-current={page === current ? 'page' : undefined}
          onPointerEnter={() => onAboutToOpen(page)}
          onFocus={() => onAboutToOpen(page)}
          onClick={() => go({ page })}
        >
          <Icon name={page} />
          <span>{words.frame.pages[page]}</span>
        </button>
      ))}
    </nav>
  );
}
