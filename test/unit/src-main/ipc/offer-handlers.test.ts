import { beforeEach, describe, expect, test } from 'vitest';
import { offerHandlers } from '../../../../src-main/ipc/offer-handlers.ts';
import type { OfferControl, CodeLink } from '../../../../src-main/pairing/laptop/offer-control.ts';
import { succeed } from '../../../../src-shared/result.ts';
import { helps } from '../../../gallery/pairings.ts';

const link: CodeLink = {
  issuer: 'https://auth.example.com',
  address: 'https://auth.example.com/device?user_code=123456789',
  userCode: '123456789',
  filledIn: true,
};
let opens: CodeLink | null;
let done: string[];

function handlers() {
  const offer: OfferControl = {
    view: () => helps.rows,
    start: async () => succeed(null),
    end: () => done.push('end'),
    dismiss: () => done.push('dismiss'),
    confirmIssuer: (id, issuer) => done.push(`confirm ${id} ${issuer}`),
    refuseIssuer: (id, issuer) => done.push(`refuse ${id} ${issuer}`),
    disconnect: (id) => done.push(`disconnect ${id}`),
    linkFor: () => opens,
  };
  return offerHandlers({
    offer,
    authorizeInPane: (id, { address }) => done.push(`open ${id} ${address}`),
    leaveOfferPane: (id) => done.push(['leave pane', id].filter(Boolean).join(' of ')),
    copy: async (text) => {
      done.push(`copy ${text}`);
      return succeed(null);
    },
  });
}

beforeEach(() => {
  opens = link;
  done = [];
});

describe('Authorize in the row of a paired server', () => {
  test('opens the page with the code filled in', async () => {
    expect(await handlers()['offer.authorize']({ id: 'pairing-code' })).toEqual(succeed(null));
    expect(done).toEqual([`open pairing-code ${link.address}`]);
  });

  test('copies the code first if the link does not fill it in', async () => {
    opens = { ...link, filledIn: false };
    await handlers()['offer.authorize']({ id: 'pairing-code' });
    expect(done).toEqual(['copy 123456789', `open pairing-code ${link.address}`]);
  });

  test('opens nothing for a server whose issuer is not confirmed', async () => {
    opens = null;
    expect(await handlers()['offer.authorize']({ id: 'pairing-question' })).toMatchObject({ ok: false });
    expect(done).toEqual([]);
  });
});

describe('the User Code of a paired server', () => {
  test('is copied by the ID of its pairing', async () => {
    expect(await handlers()['offer.copy_code']({ id: 'pairing-code' })).toEqual(succeed(null));
    expect(done).toEqual(['copy 123456789']);
  });

  test('is not copied for an unknown server or one without a code', async () => {
    for (const id of ['pairing-licensed', 'pairing-silent', 'nobody'])
      expect(await handlers()['offer.copy_code']({ id }), id).toMatchObject({ ok: false });
    expect(done).toEqual([]);
  });
});

test('the person confirms exactly the issuer that was shown', async () => {
  await handlers()['offer.confirm_issuer']({ id: 'pairing-question', issuer: 'https://auth.example.com' });
  expect(done).toEqual(['confirm pairing-question https://auth.example.com']);
});

test('the person refuses exactly the issuer that was shown', async () => {
  await handlers()['offer.refuse_issuer']({ id: 'pairing-question', issuer: 'https://auth.example.com' });
  expect(done).toEqual(['refuse pairing-question https://auth.example.com']);
});

test('the pane of a server that is disconnected closes', async () => {
  await handlers()['offer.disconnect']({ id: 'pairing-code' });
  expect(done).toEqual(['disconnect pairing-code', 'leave pane of pairing-code']);
});

test('the pane closes when the help ends', async () => {
  await handlers()['offer.end'](undefined);
  expect(done).toEqual(['end', 'leave pane']);
});
