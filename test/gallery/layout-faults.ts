/**
 * Finds faults in the layout of a page, from within the page. Answers one line for each fault, empty if there is none:
 * - `sideways`: something can be scrolled sideways.
 * - `cut`: a text is cut off, and no `title` has the whole text.
 * - `covered`: a text or a button lies under something else.
 * - `primary below`: with `primaryInSight`, the primary button cannot be pressed without scrolling.
 *
 * It is sent to the page as text, so it uses nothing from outside of itself.
 */
export function layoutFaults({ primaryInSight }: { readonly primaryInSight: boolean }): string[] {
  const tolerance = 1.5;
  const faults = new Set<string>();
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  const root = dialog ?? document.body;
  const nameOf = (element: Element) => {
    const text = (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 60);
    const classes = element.getAttribute('class');
    return `<${element.tagName.toLowerCase()}${classes ? ` class="${classes}"` : ''}> ${text}`;
  };
  const isForEyes = (element: Element) =>
    element.closest('.visually-hidden, [hidden], .print-only, svg, option, script') === null &&
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const styles = new Map<
    Element,
    { hidesX: boolean; hidesY: boolean; scrollsX: boolean; scrollsY: boolean; isFixed: boolean }
  >();
  const hides = (value: string) => value === 'hidden' || value === 'clip';
  const scrolls = (value: string) => value === 'auto' || value === 'scroll';
  /** Reading styles is slow, and all texts share their ancestors. */
  const styleOf = (element: Element) => {
    const known = styles.get(element);
    if (known) return known;
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const style = {
      hidesX: hides(overflowX),
      hidesY: hides(overflowY),
      scrollsX: scrolls(overflowX),
      scrollsY: scrolls(overflowY),
      isFixed: position === 'fixed',
    };
    styles.set(element, style);
    return style;
  };

  for (const element of [document.documentElement, ...document.querySelectorAll('*')]) {
    if (element.scrollWidth <= element.clientWidth + tolerance) continue;
    if (element === document.documentElement || styleOf(element).scrollsX) faults.add(`sideways: ${nameOf(element)}`);
  }

  /** The part of a box that its ancestors leave visible, or null if they hide all of it. */
  const clipped = (element: Element, box: DOMRect) => {
    let { left, top, right, bottom } = box;
    let cutBy: Element | null = null;
    for (let at: Element | null = element; at && at !== document.documentElement; at = at.parentElement) {
      const { hidesX, hidesY, scrollsX, scrollsY, isFixed } = styleOf(at);
      if (hidesX || hidesY || scrollsX || scrollsY) {
        const inside = at.getBoundingClientRect();
        if (hidesX && (left < inside.left - tolerance || right > inside.right + tolerance)) cutBy ??= at;
        if (hidesY && (top < inside.top - tolerance || bottom > inside.bottom + tolerance)) cutBy ??= at;
        if (hidesX || scrollsX) {
          left = Math.max(left, inside.left);
          right = Math.min(right, inside.right);
        }
        if (hidesY || scrollsY) {
          top = Math.max(top, inside.top);
          bottom = Math.min(bottom, inside.bottom);
        }
      }
      // Only the window cuts something that is fixed to it.
      if (isFixed) break;
    }
    left = Math.max(left, 0);
    top = Math.max(top, 0);
    right = Math.min(right, innerWidth);
    bottom = Math.min(bottom, innerHeight);
    return { left, top, right, bottom, cutBy, isSeen: right - left > 2 && bottom - top > 2 };
  };
  const isCovered = (element: Element, seen: ReturnType<typeof clipped>) => {
    const hit = document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
    if (!hit || hit.contains(element) || element.contains(hit)) return null;
    const label = element.closest('label, button, a, summary');
    if (label?.contains(hit)) return null;
    // A toast covers the page only for a moment, and can be closed.
    return hit.closest('.toast') ? null : hit;
  };

  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!element || (node.textContent ?? '').trim() === '' || !isForEyes(element)) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width === 0 || box.height === 0) continue;
      const seen = clipped(element, box);
      if (seen.cutBy && element.closest('[title]') === null) {
        faults.add(`cut: ${nameOf(element)} by ${nameOf(seen.cutBy).split(' ').slice(0, 2).join(' ')}`);
        break;
      }
      if (box.left < -tolerance || (box.right > innerWidth + tolerance && !seen.cutBy)) {
        faults.add(`cut: ${nameOf(element)} by the window`);
        break;
      }
      if (!seen.isSeen) continue;
      const over = isCovered(element, seen);
      if (over) faults.add(`covered: ${nameOf(element)} by ${nameOf(over)}`);
    }
  }

  if (primaryInSight) {
    const scope = dialog ?? document.querySelector('[data-region="page"]') ?? document.body;
    const primary = [
      ...scope.querySelectorAll('.button[data-look="primary"], .button[data-look="danger-primary"]'),
    ].find(isForEyes);
    if (primary) {
      const box = primary.getBoundingClientRect();
      const seen = clipped(primary, box);
      const isWhole =
        seen.bottom - seen.top >= box.height - tolerance && seen.right - seen.left >= box.width - tolerance;
      if (!isWhole || isCovered(primary, seen)) faults.add(`primary below: ${nameOf(primary)}`);
    }
  }

  for (const button of root.querySelectorAll('button, a[href], input, select')) {
    if (!isForEyes(button) || button.closest('[inert]')) continue;
    const before = clipped(button, button.getBoundingClientRect());
    if (!before.isSeen) button.scrollIntoView({ block: 'center' });
    const seen = clipped(button, button.getBoundingClientRect());
    if (!seen.isSeen) faults.add(`covered: ${nameOf(button)} cannot be scrolled into sight`);
    else {
      const over = isCovered(button, seen);
      if (over) faults.add(`covered: ${nameOf(button)} by ${nameOf(over)}`);
    }
  }
  for (const element of document.querySelectorAll('*')) if (element.scrollTop > 0) element.scrollTop = 0;
  return [...faults];
}

/**
 * Makes every word on the page 1.4 times as long, as in a language of long words, and keeps what is not a word: numbers, codes,
 * addresses and names. Sent to the page as text.
 */
export function lengthenWords(): void {
  const kept = 'code, time, svg, script, style, [translate="no"]';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest(kept)) continue;
    const text = node.textContent ?? '';
    const longer = text.replaceAll(
      /(?<![\w.@:/-])\p{L}{3,}(?![\w@:/-]|\.\w)/gu,
      (word) => word + word.slice(0, Math.ceil(word.length * 0.4)),
    );
    if (longer !== text) node.textContent = longer;
  }
}
