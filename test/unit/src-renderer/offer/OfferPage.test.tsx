import { expect, it } from 'vitest';
import OfferPage from '../../../../src-renderer/offer/OfferPage.tsx';
import { drawn } from '../../../fakes/drawn.tsx';
import { type ConsoleStateName, consoleStates } from '../../../gallery/console-states.ts';

const page = (name: ConsoleStateName) => drawn(consoleStates[name], <OfferPage takesFocus={false} />);

it('says what may keep a server from connecting, openly until one has connected', () => {
  for (const obstacle of ['TCP port 41740', 'on private networks', 'Guest Wi-Fi', 'VPN']) {
    expect(page('offer-open')).toContain(obstacle);
    expect(page('offer-rows')).toContain(obstacle);
  }
  expect(page('offer-open')).toContain('<details class="offer-obstacles" open="">');
  expect(page('offer-rows')).toContain('<details class="offer-obstacles">');
});

it('names the computers that tried wrong codes, and offers to start again, which has its own code', () => {
  expect(page('offer-guessed')).toContain('3 wrong pairing codes came from 192.168.137.77 and 192.168.137.80.');
  expect(page('offer-open')).not.toContain('wrong pairing code');
  const ended = page('offer-wrong-codes');
  expect(ended).toContain('Five wrong pairing codes came from 192.168.137.77 and 192.168.137.80');
  expect(ended).toContain('Start again');
});

it('says who can help if the laptop cannot connect a server to its Authorization server', () => {
  const rows = page('offer-rows');
  expect(rows).toContain('A laptop connects servers only to names with https, not to 10.1.2.3. Ask the people');
  expect(rows).toContain('was issued by “Example Corp Root CA”, which this computer does not trust.');
});
