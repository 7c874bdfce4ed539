import { useSpoken } from './announcer.ts';

/** The one place from which the console speaks to a screen reader. */
export function LiveRegion() {
  return (
    <output className="visually-hidden" aria-live="polite">
      {useSpoken()}
    </output>
  );
}
