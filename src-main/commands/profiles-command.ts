import { present } from '../../src-shared/present.ts';
import { draftOf } from '../../src-shared/profile-draft.ts';
import type { ServerProfile } from '../../src-shared/server-profile.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { findServer } from './chosen-servers.ts';
import { type Command, type CommandCall, type CommandEnd, malformed } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { changedBy, newSettings, profileOptions } from './profile-options.ts';
import { rows } from './terminal-text.ts';

/** Lists the servers, adds one, changes the settings of one, or selects the one that the window shows. */
export const profilesCommand: Command = {
  values: profileOptions,
  mayBeEmpty: profileOptions,
  does: {
    list: { values: [], run: list },
    add: { run: add },
    edit: { nameMissing: terminalWords.profiles.editWhich, run: edit },
    choose: { nameMissing: terminalWords.profiles.chooseWhich, values: [], run: choose },
  },
};

function list({ services, output }: CommandCall): number {
  const servers = services.servers.all;
  output.document({ servers: servers.map((server) => documentOf(services, server)) });
  if (servers.length === 0) output.say(terminalWords.profiles.none);
  for (const { profile, license } of servers) {
    const status = license.view()?.evaluation.renewal.state ?? 'not_licensed';
    const isShown = services.servers.shown?.profile.id === profile.id;
    const mark = isShown && servers.length > 1 ? ` ${terminalWords.profiles.shown}` : '';
    output.say(`${terminalWords.serverLine(profile.serverName, profile.edition)}${mark}`);
    output.lines(
      rows(
        [
          [words.license.fieldLabels.licenseStatus, words.license.statusHeadlines[status]],
          [words.license.summary.authorizationServer, profile.issuer],
          ...advancedRows(profile),
          [terminalWords.profiles.id, profile.id],
        ],
        output.width,
      ),
    );
  }
  return exitCodes.done;
}

async function add({ services, args, output }: CommandCall): Promise<CommandEnd> {
  const settings = newSettings((option) => args.value(option));
  if (!settings.ok) return settings;
  const added = await services.servers.addProfile(settings.value);
  if (!added.ok) return added;
  return sayServer(services, services.servers.shown, terminalWords.profiles.added, output);
}

async function edit({ services, args, output }: CommandCall, name: string): Promise<CommandEnd> {
  const found = findServer(services, name);
  if (!found.ok) return found;
  const { profile } = found.value;
  if (profileOptions.every((option) => args.value(option) === undefined))
    return malformed(terminalWords.profiles.nothingToChange);
  const settings = changedBy(draftOf(profile), (option) => args.value(option));
  if (!settings.ok) return settings;
  const saved = await services.servers.saveProfile(settings.value, profile.id);
  return saved.ok ? sayServer(services, found.value, terminalWords.profiles.changed, output) : saved;
}

function choose({ services, output }: CommandCall, name: string): CommandEnd {
  const found = findServer(services, name);
  if (!found.ok) return found;
  const chosen = services.servers.chooseProfile(found.value.profile.id);
  return chosen.ok ? sayServer(services, services.servers.shown, terminalWords.profiles.chosen, output) : chosen;
}

function sayServer(
  services: CommandServices,
  server: LicensedServer | null,
  sentence: (serverName: string) => string,
  output: CommandOutput,
): number {
  if (server) {
    output.document(documentOf(services, server));
    output.say(sentence(server.profile.serverName));
  }
  return exitCodes.done;
}

/** The settings under Advanced in the window, if they are set. */
function advancedRows(profile: ServerProfile): readonly (readonly [label: string, value: string])[] {
  const { profileForm } = words;
  const fields = ['clientId', 'scope', 'resource', 'audience', 'startAddress', 'signInHosts'] as const;
  const texts = fields.flatMap((field) => (profile[field] ? [[profileForm[field], profile[field]] as const] : []));
  return profile.dpop ? [...texts, [terminalWords.profiles.dpop, terminalWords.profiles.on]] : texts;
}

function documentOf(services: CommandServices, { profile, license }: LicensedServer) {
  return present({
    id: profile.id,
    server_name: profile.serverName,
    edition: profile.edition,
    authorization_server: profile.issuer,
    client_id: profile.clientId,
    scope: profile.scope,
    resource: profile.resource || undefined,
    audience: profile.audience || undefined,
    start_address: profile.startAddress || undefined,
    sign_in_hosts: profile.signInHosts || undefined,
    dpop: profile.dpop === true,
    status: license.view()?.evaluation.renewal.state ?? 'not_licensed',
    shown: services.servers.shown?.profile.id === profile.id,
  });
}
