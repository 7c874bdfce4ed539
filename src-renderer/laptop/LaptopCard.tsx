import { useEffect } from 'react';
import { laptopTrouble, type PairedLaptopView, shownLaptop } from '../../src-shared/pairing/laptop-view.ts';
import { failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { announceAfterDialog } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { UseLaptopButton } from './UseLaptopButton.tsx';

/** The words of the last pairing that was announced. */
let announced = '';

/** The laptop that helps the shown server, or why it no longer does. */
export function LaptopCard() {
  const { state, isPairing } = useConsole();
  const laptop = shownLaptop(state);
  if (!laptop) return null;
  const codeFollows = !state.license && /^(idle|failed)$/.test(state.acquisition.state);
  if (laptop.state === 'paired') return <Paired laptop={laptop} codeFollows={codeFollows} />;
  if (laptop.state !== 'ended' || laptop.failureCode === undefined || isPairing) return null;
  // Once the server is licensed, the ended pairing is the normal outcome.
  const isDone = state.license !== null && laptop.failureCode === 'pairing_ended';
  return (
    <FailureNotice
      failure={failure(laptop.failureCode)}
      tone={isDone ? 'info' : 'caution'}
      action={
        <>
          {isDone ? null : <UseLaptopButton label={words.laptop.again} />}
          <Button look="quiet" onPress={() => send('laptop.end')}>
            {words.laptop.close}
          </Button>
        </>
      }
    />
  );
}

interface PairedProps {
  readonly laptop: PairedLaptopView;
  /** The console requests a User Code as soon as the laptop lets it through. */
  readonly codeFollows: boolean;
}

function Paired({ laptop, codeFollows }: PairedProps) {
  const { words: three, endsAt, way, clockAheadMs } = laptop;
  const { state, go } = useConsole();
  const isConnected = way !== 'gone' && way !== 'interrupted';
  const trouble = laptopTrouble(laptop);
  const isFirstRun = state.profile === null;
  const does = isFirstRun && way === 'unconfirmed' ? words.laptop.beforeAddress : words.laptop.ways[way];
  const pairing = three.join(' ');
  useEffect(() => {
    // The page may be opened again while the same laptop helps.
    if (pairing === announced) return;
    announced = pairing;
    const { connected, words: same, differ } = words.laptop;
    announceAfterDialog(`${connected(endsAt)}. ${same} ${pairing}. ${differ}`);
  }, [pairing, endsAt]);
  return (
    <section className="card laptop-card" aria-labelledby="laptop-heading">
      <div className="laptop-head">
        <Icon name="offer" />
        <h2 className="section-heading" id="laptop-heading">
          {isConnected ? words.laptop.connected(endsAt) : words.laptop.card}
        </h2>
        <Button look="quiet" onPress={() => send('laptop.end')}>
          {words.laptop.disconnect}
        </Button>
      </div>
      {trouble === null ? null : (
        <FailureNotice
          failure={failure(trouble)}
          action={trouble === 'laptop_gone' ? <UseLaptopButton label={words.laptop.again} /> : undefined}
        />
      )}
      <p>
        {words.laptop.words} <b data-testid="laptop-words">{pairing}</b>. {words.laptop.differ}
      </p>
      {clockAheadMs === undefined ? null : (
        <p data-testid="laptop-clock">
          {words.laptop.clockDiffers(clockAheadMs, state.at)}{' '}
          <Button look="quiet" onPress={() => go({ page: 'help', topic: 'clock' })}>
            {words.remedyLabel('set_clock')}
          </Button>
        </p>
      )}
      {does === null ? null : (
        <p className="step-live" data-testid="laptop-way">
          {does} {way === 'unconfirmed' && codeFollows && !isFirstRun ? words.laptop.thenCode : null}
        </p>
      )}
    </section>
  );
}
