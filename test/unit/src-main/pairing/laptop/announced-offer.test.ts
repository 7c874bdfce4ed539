import { expect, test } from 'vitest';
import { AnnouncedOffer } from '../../../../../src-main/pairing/laptop/announced-offer.ts';
import type { OfferView } from '../../../../../src-shared/pairing/pairing.ts';
import { helps } from '../../../../gallery/pairings.ts';

test('the laptop is announced while it offers help, and again in another network', () => {
  const done: string[] = [];
  let view: OfferView | null = null;
  const announced = new AnnouncedOffer(
    { view: () => view },
    {
      announce: (port) => {
        done.push(`announce ${port}`);
        return () => done.push('end');
      },
    },
  );
  announced.look();
  expect(done).toEqual([]);
  view = helps.open;
  announced.look();
  announced.look();
  expect(done.splice(0)).toEqual([`announce ${view.port}`]);
  view = { ...view, addresses: view.addresses.slice(1) };
  announced.look();
  expect(done.splice(0)).toEqual(['end', `announce ${view.port}`]);
  const { port: _, ...ended } = view;
  view = { ...ended, state: 'ended' };
  announced.look();
  announced.look();
  expect(done).toEqual(['end']);
});
