/** A hand that presses moves the pointer a little. In CSS pixels. */
const stillAtMost = 4;

/**
 * Presses a button that moved away between the press and the release of the mouse, for example because a line appeared above it. The
 * pointer is where the person saw the button, so they meant the button. Chromium would send the click neither to the button nor to what is
 * there now.
 */
export function keepPressOfMovedButton(): void {
  let pressed: { readonly button: HTMLButtonElement; readonly x: number; readonly y: number } | null = null;
  const listen = (name: 'pointerdown' | 'pointerup', hear: (event: PointerEvent) => void) =>
    document.addEventListener(name, hear, true);
  listen('pointerdown', ({ target, button: key, isPrimary, clientX: x, clientY: y }) => {
    const button = isPrimary && key === 0 && target instanceof Element ? target.closest('button') : null;
    pressed = button && { button, x, y };
  });
  listen('pointerup', ({ target, clientX, clientY }) => {
    const last = pressed;
    pressed = null;
    if (!last?.button.isConnected || Math.hypot(clientX - last.x, clientY - last.y) > stillAtMost) return;
    if (target instanceof Node && !last.button.contains(target)) last.button.click();
  });
}
