let pressed: { readonly className: string; readonly text: string | null } | null = null;

function remember({ target }: Event): void {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button) pressed = { className: button.className, text: button.textContent };
}

/** The buttons that are painted first do nothing yet: what is pressed last before the script takes the page over is remembered. */
export function rememberEarlyClick(): void {
  document.addEventListener('click', remember, true);
}

/** The page is the script's now: what was pressed before is done, so that nobody has to press twice. */
export function repeatEarlyClick(): void {
  document.removeEventListener('click', remember, true);
  const { className, text } = pressed ?? {};
  pressed = null;
  if (className === undefined) return;
  const buttons = [...document.querySelectorAll('button')];
  buttons.find((button) => button.className === className && button.textContent === text)?.click();
}
