import { beforeEach, describe, expect, it } from 'vitest';
import { OfferInPane } from '../../../../src-main/desktop/offer-in-pane.ts';
import type { OfferView } from '../../../../src-shared/pairing/pairing.ts';
import { helps } from '../../../gallery/pairings.ts';

let view: OfferView | null;
let done: string[];
let acquiresOwn: boolean;
let listeners: Set<() => void>;
let pane: OfferInPane;
const become = (next: OfferView | null) => {
  view = next;
  for (const listener of listeners) listener();
};

beforeEach(() => {
  view = helps.open;
  done = [];
  acquiresOwn = false;
  listeners = new Set();
  pane = new OfferInPane({
    offer: { view: () => view },
    changes: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    acquiresOwn: () => acquiresOwn,
    onLeft: () => done.push('left'),
    onFinished: () => done.push('finished'),
  });
});

describe('the pane while servers are helped', () => {
  it('is finished at the end of the offer, once, however it ended', () => {
    for (const end of ['person', 'time', 'wrong_codes'] as const) {
      done = [];
      become(helps.open);
      pane.begin('p1');
      become(helps.waits);
      expect(done).toEqual([]);
      become({ ...helps.ended, end });
      become({ ...helps.ended, end });
      expect(done).toEqual(['left', 'finished']);
      expect(pane.pairingId).toBeNull();
    }
  });

  it('is finished too if the person is on another page by then', () => {
    pane.begin('p1');
    pane.leave();
    pane.leave();
    expect(done).toEqual(['left']);
    become(null);
    expect(done).toEqual(['left', 'finished']);
  });

  it('is finished only after the person has authorized their own server in it', () => {
    pane.begin('p1');
    pane.leave();
    acquiresOwn = true;
    become(helps.ended);
    become(helps.ended);
    expect(done).toEqual(['left']);
    acquiresOwn = false;
    become(helps.ended);
    become(helps.ended);
    expect(done).toEqual(['left', 'finished']);
  });

  it('is finished at the end of the help while it shows a helped server, whatever the own server does', () => {
    acquiresOwn = true;
    pane.begin('p1');
    become(helps.ended);
    expect(done.splice(0)).toEqual(['left', 'finished']);
    // A person ends the help, which leaves the pane before anything is signalled.
    become(helps.open);
    pane.begin('p1');
    view = helps.ended;
    pane.leave();
    become(helps.ended);
    expect(done).toEqual(['left', 'finished']);
  });

  it('is not finished again after the person was signed out, or once the window is closed', () => {
    pane.begin('p1');
    pane.leave();
    pane.signedOut();
    become(helps.ended);
    pane.close();
    expect(done).toEqual(['left']);
    become(helps.open);
    pane.begin('p1');
    pane.signedOut();
    pane.begin('p2');
    pane.close();
    expect(done).toEqual(['left', 'finished']);
  });

  it('is not finished after help that did not need it', () => {
    become(helps.ended);
    pane.close();
    expect(done).toEqual([]);
  });

  it('is finished when the window is closed, although the help goes on', () => {
    pane.begin('p1');
    pane.close();
    become(helps.ended);
    expect(done).toEqual(['finished']);
  });
});
