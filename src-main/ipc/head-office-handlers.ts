import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { type MailDraft, mailtoAddress } from '../../src-shared/support/mail-draft.ts';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { SupportContactState } from '../../src-shared/support/support-contact.ts';
import { authorizationMessage } from '../acquisition/authorization-message.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

export interface HeadOfficeHandlersDeps {
  readonly servers: Pick<LicensedServers, 'shown'>;
  readonly changed: () => void;
  readonly copy: (text: string) => Promise<Result<null>>;
  /** The trusted time, in ms. */
  readonly trustedNow: () => number;
  readonly supportContact: () => SupportContactState;
  /** Opens a new e-mail in the person's program. Resolves to false if no program opened it. */
  readonly openMail: (draft: MailDraft) => Promise<boolean>;
}

interface Message {
  readonly server: LicensedServer;
  readonly userCode: string;
  readonly draft: MailDraft;
}

/** The handlers of the message with which a store asks head office to authorize its server. */
export function headOfficeHandlers(deps: HeadOfficeHandlersDeps): HandlersOf<'head_office'> {
  const sendBy = async (send: (draft: MailDraft) => Promise<Result<null>>): Promise<Result<null>> => {
    const message = messageOf(deps);
    if (!message) return fail('nothing_to_complete');
    const sent = await send(message.draft);
    if (!sent.ok) return sent;
    message.server.acquisition.message.note(message.userCode);
    deps.changed();
    return sent;
  };
  return {
    'head_office.read': async () => {
      const message = messageOf(deps);
      if (!message) return fail('nothing_to_complete');
      const { draft } = message;
      return succeed(present({ lines: draft.lines, mailto: mailtoAddress(draft) ?? undefined }));
    },
    'head_office.copy': () => sendBy(({ lines }) => deps.copy(lines.join('\n'))),
    'head_office.mail': () =>
      sendBy(async (draft) => ((await deps.openMail(draft)) ? succeed(null) : fail('mail_not_opened'))),
    // A phone may have read the QR code on the screen: the console cannot know.
    'head_office.show_qr': () => sendBy(async () => succeed(null)),
  };
}

function messageOf({ servers, trustedNow, supportContact }: HeadOfficeHandlersDeps): Message | null {
  const server = servers.shown;
  const view = server?.acquisition.view();
  if (!server || view?.state !== 'awaiting_authorization') return null;
  const known = supportContact();
  const to = known.state === 'set' ? (known.contact.email ?? '') : '';
  const draft = { to, ...authorizationMessage(server.profile, view.code, trustedNow()) };
  return { server, userCode: view.code.userCode, draft };
}
