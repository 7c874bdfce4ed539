import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { OfferControl, CodeLink } from '../pairing/laptop/offer-control.ts';

export interface OfferHandlersDeps {
  readonly offer: OfferControl;
  /** Opens the page for the User Code of a paired server in the pane. */
  readonly authorizeInPane: (pairingId: string, link: CodeLink) => void;
  /** The pane is for the shown server again. With an ID, only if it was for that paired server. */
  readonly leaveOfferPane: (pairingId?: string) => void;
  readonly copy: (text: string) => Promise<Result<null>>;
}

const done = succeed(null);

/** The handlers of the page that helps other servers. */
export function offerHandlers({ offer, ...deps }: OfferHandlersDeps): HandlersOf<'offer'> {
  return {
    'offer.start': () => offer.start(),
    'offer.end': async () => {
      offer.end();
      deps.leaveOfferPane();
      return done;
    },
    'offer.dismiss': async () => {
      offer.dismiss();
      return done;
    },
    'offer.confirm_issuer': async ({ id, issuer }) => {
      offer.confirmIssuer(id, issuer);
      return done;
    },
    'offer.refuse_issuer': async ({ id, issuer }) => {
      offer.refuseIssuer(id, issuer);
      return done;
    },
    'offer.disconnect': async ({ id }) => {
      offer.disconnect(id);
      deps.leaveOfferPane(id);
      return done;
    },
    'offer.authorize': async ({ id }) => {
      const link = offer.linkFor(id);
      if (!link) return fail('nothing_to_complete');
      // A person can paste the code into a page that does not have it.
      const copied = link.filledIn ? done : await deps.copy(link.userCode);
      deps.authorizeInPane(id, link);
      return copied;
    },
    'offer.copy_code': ({ id }) => {
      const { report } = offer.view()?.servers.find((server) => server.id === id) ?? {};
      const userCode = report?.acquisition.userCode;
      return userCode === undefined ? Promise.resolve(fail('nothing_to_complete')) : deps.copy(userCode);
    },
    'offer.leave_pane': async () => {
      deps.leaveOfferPane();
      return done;
    },
  };
}
