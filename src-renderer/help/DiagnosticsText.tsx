import { useEffect, useState } from 'react';
import type { DiagnosticsText as Text } from '../../src-shared/support/diagnostics-view.ts';
import type { Result } from '../../src-shared/result.ts';
import { diagnosticsWords } from '../../src-shared/words/diagnostics-words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';

/** Chromium lays out only the visible blocks, since a log has thousands of lines. */
const linesOfBlock = 200;

/** The text of one file of the diagnostics. */
export function DiagnosticsText({ name }: { readonly name: string }) {
  const [read, setRead] = useState<Result<Text> | null>(null);
  useEffect(() => {
    let isShown = true;
    void call('diagnostics.read', { name }).then((answer) => isShown && setRead(answer));
    return () => {
      isShown = false;
    };
  }, [name]);
  if (read?.ok === false) return <FailureNotice failure={read.failure} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- The keyboard has to reach it, since it scrolls.
    <section className="diagnostics-text" aria-label={diagnosticsWords.textOf(name)} tabIndex={0}>
      {blocksOf(read?.value.lines ?? []).map(({ first, text }) => (
        <pre className="diagnostics-block" key={first}>
          {text}
        </pre>
      ))}
    </section>
  );
}

function blocksOf(lines: readonly string[]): readonly { readonly first: number; readonly text: string }[] {
  const count = Math.ceil(lines.length / linesOfBlock);
  return Array.from({ length: count }, (_block, nth) => {
    const first = nth * linesOfBlock;
    return { first, text: lines.slice(first, first + linesOfBlock).join('\n') };
  });
}
