import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { HelpControl, HelpLink } from '../ports/pairing.ts';

export interface HelpHandlersDeps {
  readonly help: HelpControl;
  /** Opens the page for the User Code of a paired server in the pane. */
  readonly authorizeInPane: (pairingId: string, link: HelpLink) => void;
  /** The pane is for the shown server again. */
  readonly leaveHelpPane: () => void;
  readonly copy: (text: string) => Promise<Result<null>>;
}

const done = succeed(null);

/** The handlers of the page that helps other servers. */
export function helpHandlers({ help, ...deps }: HelpHandlersDeps): HandlersOf<'help'> {
  return {
    'help.start': () => help.start(),
    'help.end': async () => {
      help.end();
      deps.leaveHelpPane();
      return done;
    },
    'help.dismiss': async () => {
      help.dismiss();
      return done;
    },
    'help.confirm_issuer': async ({ id, issuer }) => {
      help.confirmIssuer(id, issuer);
      return done;
    },
    'help.authorize': async ({ id }) => {
      const link = help.linkFor(id);
      if (!link) return fail('nothing_to_complete');
      // A person can paste the code into a page that does not have it.
      const copied = link.filledIn ? done : await deps.copy(link.userCode);
      deps.authorizeInPane(id, link);
      return copied;
    },
    'help.copy_code': ({ id }) => {
      const { report } = help.view()?.servers.find((server) => server.id === id) ?? {};
      const userCode = report?.acquisition.userCode;
      return userCode === undefined ? Promise.resolve(fail('nothing_to_complete')) : deps.copy(userCode);
    },
    'help.leave_pane': async () => {
      deps.leaveHelpPane();
      return done;
    },
  };
}
