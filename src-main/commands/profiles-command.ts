import { profileDefaults } from '../../src-shared/profile-defaults.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { editions, type ProfileSettings, profileSettingsSchema } from '../../src-shared/server-profile.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { parseIssuerAddress } from '../authorization/issuer-address.ts';
import { findServer } from './chosen-servers.ts';
import { type CommandArguments, malformed } from './command-arguments.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServer, CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { rows } from './terminal-text.ts';

/** Lists the servers, adds one, or chooses the one that the window shows. */
export async function profilesCommand(
  services: CommandServices,
  args: CommandArguments,
  output: CommandOutput,
): Promise<number> {
  const [action = 'list', name] = args.given;
  const wrong = argumentsWrong(action, name);
  if (!wrong.ok) return output.fail(wrong.failure);
  if (action === 'add') return add(services, args, output);
  if (action === 'choose') return choose(services, name ?? '', output);
  return list(services, output);
}

function argumentsWrong(action: string, name: string | undefined): Result<null> {
  if (!['list', 'add', 'choose'].includes(action))
    return malformed(terminalWords.wrong.unknownAction(action, 'profiles'));
  if (action === 'choose') return name ? succeed(null) : malformed(terminalWords.profiles.chooseWhich);
  return name === undefined ? succeed(null) : malformed(terminalWords.wrong.tooMuch(name, 'profiles'));
}

function list(services: CommandServices, output: CommandOutput): number {
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

async function add(services: CommandServices, args: CommandArguments, output: CommandOutput): Promise<number> {
  const settings = settingsOf(args);
  if (!settings.ok) return output.fail(settings.failure);
  const added = await services.addProfile(settings.value);
  if (!added.ok) return output.fail(added.failure);
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

function choose(services: CommandServices, name: string, output: CommandOutput): number {
  const found = findServer(services, name);
  if (!found.ok) return output.fail(found.failure);
  const chosen = services.chooseProfile(found.value.profile.id);
  return chosen.ok ? sayChosen(services, terminalWords.profiles.chosen, output) : output.fail(chosen.failure);
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
