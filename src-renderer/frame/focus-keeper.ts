import { useEffect } from 'react';

const landings = 'h1[tabindex], button[data-look="primary"]';

/**
 * A button often disappears because of its own action. The focus then moves to the nearest place that is left, so that a
 * person without a mouse does not have to begin at the top of the window again.
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
    // Deferred, because the content that replaces the element may take the focus itself.
    const observer = new MutationObserver(() => setTimeout(keep));
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}

/** The element and its ancestors, from the inside out. */
function lineOf(element: Element): Element[] {
  const line: Element[] = [];
  for (let current: Element | null = element; current; current = current.parentElement) line.push(current);
  return line;
}
