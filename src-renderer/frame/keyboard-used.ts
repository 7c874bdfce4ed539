import { useEffect, useState } from 'react';

/** The keys by which a person moves through the window. */
const moves = /^(?:Tab|F6|Arrow\w+|Home|End|Page\w+)$/;

/**
 * Has a person moved by the keyboard while this was on the page? It stays true when the mouse is used: if something disappeared then, a
 * pressed button would move, and the click would be lost.
 */
export function useKeyboardUsed(): boolean {
  const [used, setUsed] = useState(false);
  useEffect(() => {
    if (used) return undefined;
    const onKey = ({ key }: KeyboardEvent) => moves.test(key) && setUsed(true);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [used]);
  return used;
}
