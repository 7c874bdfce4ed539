import { profileDefaults } from '../../src-shared/profile-defaults.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { editions, type ProfileSettings, profileSettingsSchema } from '../../src-shared/server-profile.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { parseIssuerAddress } from '../authorization/issuer-address.ts';
import { findServer } from './chosen-servers.ts';
import { type Command, type CommandArguments, type CommandCall, type CommandEnd, malformed } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServer, CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { rows } from './terminal-text.ts';

/** Lists the servers, adds one, or chooses the one that the window shows. */
export const profilesCommand: Command = {
  values: ['authorization-server', 'edition', 'server-name'],
  does: {
    list: { run: list },
    add: { run: add },
    choose: { nameMissing: terminalWords.profiles.chooseWhich, run: choose },
  },
};

function list({ services, output }: CommandCall): number {
  const servers = services.servers();
  output.document({ servers: servers.map((server) => documentOf(services, server)) });
  if (servers.length === 0) output.say(terminalWords.profiles.none);
  for (const { profile, license } of servers) {
    const status = license.view()?.evaluation.renewal.state ?? 'not_licensed';
    const isShown = services.shownId() === profile.id;
    const mark = isShown && servers.length > 1 ? ` ${terminalWords.profiles.shown}` : '';
    output.say(`${terminalWords.serverLine(profile.serverName, profile.edition)}${mark}`);
    output.lines(
      rows(
        [
          [words.license.fieldLabels.licenseStatus, words.license.statusHeadlines[status]],
          [words.license.summary.authorizationServer, profile.issuer],
          [terminalWords.profiles.id, profile.id],
        ],
        output.width,
      ),
    );
  }
  return exitCodes.done;
}

async function add({ services, args, output }: CommandCall): Promise<CommandEnd> {
  const settings = settingsOf(args);
  if (!settings.ok) return settings;
  const added = await services.addProfile(settings.value);
  if (!added.ok) return added;
  return sayChosen(services, terminalWords.profiles.added, output);
}

function settingsOf(args: CommandArguments): Result<ProfileSettings> {
  const issuer = args.value('authorization-server');
  if (issuer === undefined) return malformed(terminalWords.profiles.addressMissing);
  const address = parseIssuerAddress(issuer);
  if (!address.ok) return address;
  const edition = args.value('edition') ?? 'store';
  const serverName = args.value('server-name') ?? terminalWords.profiles.usualName;
  const settings = profileSettingsSchema.safeParse({ ...profileDefaults, issuer, edition, serverName });
  return settings.success
    ? succeed(settings.data)
    : malformed(terminalWords.profiles.settingsWrong(editions.join(', ')));
}

function choose({ services, output }: CommandCall, name: string): CommandEnd {
  const found = findServer(services, name);
  if (!found.ok) return found;
  const chosen = services.chooseProfile(found.value.profile.id);
  return chosen.ok ? sayChosen(services, terminalWords.profiles.chosen, output) : chosen;
}

function sayChosen(services: CommandServices, sentence: (serverName: string) => string, output: CommandOutput): number {
  const shown = services.servers().find(({ profile }) => profile.id === services.shownId());
  if (shown) {
    output.document(documentOf(services, shown));
    output.say(sentence(shown.profile.serverName));
  }
  return exitCodes.done;
}

function documentOf(services: CommandServices, { profile, license }: CommandServer) {
  return {
    id: profile.id,
    server_name: profile.serverName,
    edition: profile.edition,
    authorization_server: profile.issuer,
    status: license.view()?.evaluation.renewal.state ?? 'not_licensed',
    shown: services.shownId() === profile.id,
  };
}
