import { useEffect } from 'react';

const landings = 'h1[tabindex], button[data-look="primary"]';

/**
 * A button often goes away with what it did. The focus then goes to the nearest place that is left, so that who works
 * without a mouse does not begin at the top of the window again.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let trail: readonly Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      trail = target instanceof Element ? lineOf(target) : [];
    };
    const keep = () => {
      if (trail[0]?.isConnected !== false || document.activeElement !== document.body) return;
      for (let place = trail.find((element) => element.isConnected); place; place = place.parentElement ?? undefined) {
        const landing = place.querySelector<HTMLElement>(landings);
        if (landing) return landing.focus();
      }
    };
    // What comes in its place may take the focus itself, and does so first.
    const observer = new MutationObserver(() => setTimeout(keep));
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}

/** The element and all that it stands in, from the inside out. */
function lineOf(element: Element): Element[] {
  const line: Element[] = [];
  for (let current: Element | null = element; current; current = current.parentElement) line.push(current);
  return line;
}
