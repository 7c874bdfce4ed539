import type { LaptopView } from '../../src-shared/pairing.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { failureOf } from '../frame/failure-of.ts';
import { Icon } from '../frame/Icon.tsx';
import { UseLaptopButton } from './UseLaptopButton.tsx';

/** The laptop that helps the shown server, or why it no longer does. */
export function LaptopCard() {
  const { state, isPairing } = useConsole();
  const { laptop, profile } = state;
  if (!laptop || laptop.profileId !== profile?.id) return null;
  if (laptop.state === 'paired') return <Paired laptop={laptop} />;
  if (laptop.state !== 'ended' || laptop.failureCode === undefined || isPairing) return null;
  return (
    <FailureNotice
      failure={failureOf(laptop.failureCode)}
      action={
        <>
          <UseLaptopButton label={words.laptop.again} />
          <Button look="quiet" onPress={() => send('laptop.end')}>
            {words.laptop.close}
          </Button>
        </>
      }
    />
  );
}

function Paired({ laptop }: { readonly laptop: LaptopView }) {
  const { words: three, endsAt, standing = 'unconfirmed', failureCode } = laptop;
  const isConnected = standing !== 'gone' && standing !== 'interrupted';
  const does = words.laptop.standings[standing];
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
      {failureCode === undefined ? null : (
        <FailureNotice failure={failureOf(failureCode)} action={<UseLaptopButton label={words.laptop.again} />} />
      )}
      {three ? (
        <p>
          {words.laptop.words} <b data-testid="laptop-words">{three.join(' ')}</b>. {words.laptop.differ}
        </p>
      ) : null}
      {does === null ? null : (
        <p className="step-live" data-testid="laptop-standing">
          {does}
        </p>
      )}
    </section>
  );
}
