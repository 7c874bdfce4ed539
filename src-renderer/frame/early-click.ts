let pressed: { readonly className: string; readonly text: string | null } | null = null;

function remember({ target }: Event): void {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button) pressed = { className: button.className, text: button.textContent };
}

/** The buttons of the first paint do nothing yet. Remembers the last press before React takes over the page. */
export function rememberEarlyClick(): void {
  document.addEventListener('click', remember, true);
}

/** Repeats the remembered press after React has taken over the page, so that nobody has to press twice. */
export function repeatEarlyClick(): void {
  document.removeEventListener('click', remember, true);
  const { className, text } = pressed ?? {};
  pressed = null;
  if (className === undefined) return;
  const buttons = [...document.querySelectorAll('button')];
  buttons.find((button) => button.className === className && button.textContent === text)?.click();
}
