import { useCallback, useEffect, useRef, useState } from 'react';
import type { BoardView } from '../../src-shared/servers/board.ts';
import type { Result } from '../../src-shared/result.ts';
import { call } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';

/** The pause between two reads, however often something changes. */
const readEveryMs = 1_000;
/** The time that the page needs to show its previous rows. */
const afterPaintMs = 50;

/** Shown at once when a person returns to the page, until the new answer arrives. */
let lastRead: Result<BoardView> | null = null;
/** The read that began before the page opened, until its answer arrives. */
let ahead: Promise<Result<BoardView>> | null = null;

/** Reads all servers for a page that is about to be opened, so that it shows them at once. A failure is left to the page's own read. */
export function readAhead(): void {
  ahead ??= call('board.read').then((answer) => {
    if (answer.ok) lastRead = answer;
    ahead = null;
    return answer;
  });
}

interface BoardRead {
  /** The last answer. Null before the first one of this window. */
  readonly read: Result<BoardView> | null;
  /** Reads the board at once, because the person has changed something. */
  readonly again: () => void;
}

/** All servers, read while the page is open, and again after each change of the console's state. */
export function useBoard(): BoardRead {
  const { revision } = useConsole().state;
  const [read, setRead] = useState(lastRead);
  const planned = useRef<ReturnType<typeof setTimeout> | null>(null);
  const lastAtMs = useRef(Number.NEGATIVE_INFINITY);
  const seen = useRef(-1);
  const isOpen = useRef(true);
  const ask = useCallback(() => {
    if (planned.current !== null) clearTimeout(planned.current);
    planned.current = null;
    lastAtMs.current = performance.now();
    void (ahead ?? call('board.read')).then((answer) => {
      lastRead = answer;
      if (isOpen.current) setRead(answer);
    });
  }, []);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    // The previous rows are painted first.
    const soonestMs = lastAtMs.current < 0 && lastRead ? afterPaintMs : 0;
    const waitMs = Math.max(soonestMs, lastAtMs.current + readEveryMs - performance.now());
    if (waitMs <= 0) ask();
    else planned.current ??= setTimeout(ask, waitMs);
  }, [ask, revision]);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      seen.current = -1;
      if (planned.current !== null) clearTimeout(planned.current);
      planned.current = null;
    };
  }, []);
  return { read, again: ask };
}
