/**
 * Enter that is held down presses a button again and again, also the next one: the one in a question that the first press
 * opened. Only the first counts. To be called once.
 */
export function ignoreHeldEnter(): () => void {
  const refuse = (event: KeyboardEvent) => {
    if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) event.preventDefault();
  };
  document.addEventListener('keydown', refuse, true);
  return () => document.removeEventListener('keydown', refuse, true);
}
