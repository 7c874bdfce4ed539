import { useSpoken } from '../state/announcer.ts';

/** The only live region through which the console speaks to a screen reader. */
export function LiveRegion() {
  return (
    <output className="visually-hidden" aria-live="polite">
      {useSpoken()}
    </output>
  );
}
