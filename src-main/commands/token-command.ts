import { instantOf } from '../../src-shared/instant.ts';
import { present } from '../../src-shared/present.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { serverOption, withServer } from './chosen-servers.ts';
import type { Command, CommandCall, CommandEnd } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { rows } from './terminal-text.ts';

/** Prints how long the license token is valid. Only with `--show` does it print the token; no other command prints it. */
export const tokenCommand: Command = { flags: ['show'], values: ['server'], does: withServer(sayToken) };

async function sayToken({ services, args, output }: CommandCall, server: LicensedServer): Promise<CommandEnd> {
  const { profile, token: heldToken } = server;
  const token = await heldToken.current();
  if (!token.ok) return token;
  const { accessToken, tokenType, expiresAt } = token.value;
  const isShown = args.has('show');
  output.document({
    id: profile.id,
    server_name: profile.serverName,
    token_type: tokenType,
    expires_at: instantOf(expiresAt),
    ...present({ access_token: isShown ? accessToken : undefined }),
  });
  if (isShown) output.lines([accessToken]);
  else {
    const { label, types, howToShow } = terminalWords.token;
    const left = `${words.dates.dateTime(expiresAt)}, in ${words.span(expiresAt - services.trustedTime.evaluate().judgedAt)}`;
    output.say(terminalWords.serverLine(profile.serverName, profile.edition));
    output.lines(
      rows(
        [
          [words.license.fieldLabels.tokenExpiry, left],
          [label, types[tokenType]],
        ],
        output.width,
      ),
    );
    output.say(howToShow(serverOption(services, server)));
  }
  return exitCodes.done;
}
