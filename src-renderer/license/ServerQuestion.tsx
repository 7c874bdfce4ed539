import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { Button } from '../controls/Button.tsx';

/** Asks whether a license that seems to be for another server is kept. It replaces the steps. */
export function ServerQuestion({ difference }: { readonly difference: ServerDifference }) {
  const { headline, meaning, alike, keep, keepMeans, undo, undoMeans } = words.serverQuestion;
  const box = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // Not a button: the person may be typing or clicking when the question appears.
  useEffect(() => box.current?.focus(), []);
  const answer = async (name: 'acquisition.keep' | 'acquisition.undo') => {
    const answered = await call(name);
    setFailure(answered.ok ? null : answered.failure);
  };
  return (
    <section data-testid="server-question" aria-label={headline(difference)}>
      <Notice
        tone="caution"
        headline={headline(difference)}
        meaning={[meaning(difference), alike(difference)].filter(Boolean).join(' ')}
        boxRef={box}
        actions={
          <ul className="answers">
            <li>
              <Button onPress={() => void answer('acquisition.undo')}>{undo}</Button>
              <p>{undoMeans}</p>
            </li>
            <li>
              <Button onPress={() => void answer('acquisition.keep')}>{keep(difference)}</Button>
              <p>{keepMeans(difference)}</p>
            </li>
          </ul>
        }
      >
        {difference.differs.length > 0 ? <Comparison difference={difference} /> : null}
      </Notice>
      {failure ? <FailureNotice failure={failure} /> : null}
    </section>
  );
}

/** Longer values are cut, so that the answers stay in sight. */
const longestValue = 60;

function Comparison({ difference }: { readonly difference: ServerDifference }) {
  const { columns, rows } = words.serverQuestion;
  const [member, meant, found] = columns;
  return (
    <table className="comparison">
      <thead>
        <tr>
          <th scope="col">{member}</th>
          <th scope="col">{meant}</th>
          <th scope="col">{found}</th>
        </tr>
      </thead>
      <tbody>
        {rows(difference).map(([name, expected, actual]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <ComparisonCell label={meant} value={expected} />
            <ComparisonCell label={found} value={actual} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where the table has no room for columns, each value has its label before it, in place of the head. */
function ComparisonCell({ label, value }: { readonly label: string | undefined; readonly value: string }) {
  return (
    <td title={value}>
      <span className="comparison-label">{label}: </span>
      {shownText(value, longestValue)}
    </td>
  );
}
