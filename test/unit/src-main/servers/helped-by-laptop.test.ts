import { describe, expect, test } from 'vitest';
import { relays } from '../../../../src-shared/pairing/laptop-view.ts';
import { Changes } from '../../../../src-main/changes.ts';
import { isHelped, whenLaptop } from '../../../../src-main/servers/helped-by-laptop.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { FakeLaptop } from '../../../fakes/fake-laptop.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

async function paired(isKnown: boolean) {
  const changes = new Changes(new HandTimer(new FakeClock()), new FakeClock());
  const laptop = new FakeLaptop(changes.notify);
  laptop.isKnown = isKnown;
  await laptop.pair('store', '10.0.0.7', 'BCDFGHJK');
  return { changes, laptop };
}

describe('a server that a laptop helps', () => {
  test('is the paired server, as long as the pairing lasts', async () => {
    const { laptop } = await paired(true);
    expect([isHelped(laptop, 'store'), isHelped(laptop, 'other')]).toEqual([true, false]);
    laptop.end();
    expect(isHelped(laptop, 'store')).toBe(false);
  });

  test('can send requests once the laptop relays', async () => {
    const { changes, laptop } = await paired(false);
    const waiting = whenLaptop(relays, laptop, changes, 'store');
    laptop.takeWay('starting');
    laptop.takeWay('relaying');
    await expect(waiting).resolves.toBe('relaying');
  });

  test('cannot if the pairing ends first, or if the wait is cancelled', async () => {
    const { changes, laptop } = await paired(false);
    const waiting = whenLaptop(relays, laptop, changes, 'store');
    const cancelled = AbortSignal.abort();
    await expect(whenLaptop(relays, laptop, changes, 'store', cancelled)).resolves.toBeNull();
    laptop.end();
    await expect(waiting).resolves.toBeNull();
  });
});
