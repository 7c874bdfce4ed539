/**
 * Ignores repeated Enter keys. A held Enter key would press the button again and again, and then also the button of a dialog
 * that the first press opened. Call once.
 */
export function ignoreHeldEnter(): () => void {
  const refuse = (event: KeyboardEvent) => {
    if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) event.preventDefault();
  };
  document.addEventListener('keydown', refuse, true);
  return () => document.removeEventListener('keydown', refuse, true);
}
