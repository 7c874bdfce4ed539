import { useEffect, useId, useRef, useState } from 'react';
import type { PageFound } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { IconButton } from '../controls/Button.tsx';
import { isDialogOpen } from '../controls/open-dialog.ts';

const said = words.pane.finding;

interface FindBarProps {
  readonly found: PageFound | null;
  /** Increases each time a person asks for the bar. Its field then takes the focus. */
  readonly asked: number;
  /** The person closes it. */
  readonly onClosed: () => void;
}

/** Finds a text on the page of the pane. It is part of the console, so that no page sees what a person types before it is found. */
export default function FindBar({ found, asked, onClosed }: FindBarProps) {
  const [text, setText] = useState('');
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const answered = useRef(0);
  useEffect(() => {
    if (answered.current === asked) return;
    answered.current = asked;
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useEffect(() => () => send('pane.stop_finding'), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isDialogOpen()) return;
      if (event.key === 'F3') {
        event.preventDefault();
        send('pane.find', { text, backwards: event.shiftKey });
      }
      if (event.key === 'Escape' && bar.current?.contains(document.activeElement)) {
        event.preventDefault();
        onClosed();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [text, onClosed]);
  const outcome = text === '' || found === null ? '' : said.outcome(found.ordinal, found.count);
  useEffect(() => {
    if (outcome === '') return undefined;
    // Each letter that a person types changes the outcome.
    const pausing = setTimeout(() => announce(outcome), 500);
    return () => clearTimeout(pausing);
  }, [outcome]);
  const find = (backwards: boolean) => send('pane.find', { text, backwards });
  return (
    <search className="find-bar" aria-label={said.label} ref={bar}>
      <input
        ref={field}
        type="text"
        name="find"
        aria-label={said.label}
        aria-describedby={id}
        placeholder={said.label}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value);
          send('pane.find', { text: target.value, backwards: false });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          find(event.shiftKey);
        }}
      />
      <span className="find-outcome" id={id}>
        {outcome}
      </span>
      <span className="address-tools">
        <IconButton icon="up" label={said.previous} onPress={() => find(true)} />
        <IconButton icon="down" label={said.next} onPress={() => find(false)} />
        <IconButton icon="close" label={said.close} onPress={onClosed} />
      </span>
    </search>
  );
}
