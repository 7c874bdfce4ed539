import type { UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import { hostOfIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { MailDraft } from '../../src-shared/support/mail-draft.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { shownAddress, shownText } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';

/** A longer name hides the rest of the message, and makes it too long for an e-mail program. */
const longestName = { inSubject: 40, inText: 100 };

/**
 * The message with which a store asks a person elsewhere to authorize its server. `now` is the trusted time at which `code` was read, in
 * ms. It contains the User Code and its addresses, and no secret.
 */
export function authorizationMessage(
  { serverName, edition, issuer }: Pick<ServerProfile, 'serverName' | 'edition' | 'issuer'>,
  code: UserCodeView,
  now: number,
): Omit<MailDraft, 'to'> {
  const { verificationUri, verificationUriComplete } = code;
  return {
    subject: words.headOffice.subject(shownText(serverName, longestName.inSubject)),
    lines: words.headOffice.lines({
      serverName: shownText(serverName, longestName.inText),
      edition,
      authorizationServer: shownText(hostOfIssuer(issuer)),
      userCode: shownText(code.userCode),
      verificationUri: shownAddress(verificationUri),
      verificationUriComplete: verificationUriComplete && shownAddress(verificationUriComplete),
      otherSite: code.otherSite,
      endsAt: now + code.remainingSeconds * 1000,
    }),
  };
}
