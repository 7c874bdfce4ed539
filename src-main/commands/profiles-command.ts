import { environmentOf } from '../../src-shared/servers/authorization-server-address.ts';
import { present } from '../../src-shared/present.ts';
import { draftOf } from '../../src-shared/servers/profile-draft.ts';
import { failure, type Result, succeed } from '../../src-shared/result.ts';
import { isTextOfSetting, type ServerProfile, settingLengths } from '../../src-shared/servers/server-profile.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { findServer, serverOption } from './chosen-servers.ts';
import { type Command, type CommandCall, type CommandEnd, malformed } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { changedBy, newSettings, profileOptions } from './profile-options.ts';
import { askYes } from './remove-command.ts';
import { rows } from './terminal-text.ts';

const forgetFlags = ['here-only', 'yes'] as const;
const addFlags = ['unchecked'] as const;

/** Lists the servers, adds one, changes the settings of one, renames or forgets one, or selects the one that the window shows. */
export const profilesCommand: Command = {
  flags: [...addFlags, ...forgetFlags],
  values: profileOptions,
  mayBeEmpty: profileOptions,
  does: {
    list: { values: [], run: list },
    add: { flags: addFlags, run: add },
    edit: { nameMissing: terminalWords.profiles.editWhich, run: edit },
    rename: {
      nameMissing: terminalWords.profiles.renameWhich,
      newNameMissing: terminalWords.profiles.renameHow,
      values: [],
      run: rename,
    },
    forget: { nameMissing: terminalWords.profiles.forgetWhich, values: [], flags: forgetFlags, run: forget },
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
  const { servers } = services;
  const added = await (args.has('unchecked')
    ? servers.settings.addUnchecked(settings.value)
    : servers.settings.add(settings.value));
  if (!added.ok) return added;
  const { shown } = servers;
  const option = shown ? serverOption(services, shown) : '';
  return sayServer(services, shown, (name) => terminalWords.profiles.added(name, option), output);
}

async function edit({ services, args, output }: CommandCall, name: string): Promise<CommandEnd> {
  const found = findServer(services, name);
  if (!found.ok) return found;
  const { profile } = found.value;
  if (profileOptions.every((option) => args.value(option) === undefined))
    return malformed(terminalWords.profiles.nothingToChange);
  const settings = changedBy(draftOf(profile), (option) => args.value(option));
  if (!settings.ok) return settings;
  const saved = await services.servers.settings.save(settings.value, profile.id);
  return saved.ok ? sayServer(services, found.value, terminalWords.profiles.changed, output) : saved;
}

function rename({ services, output }: CommandCall, name: string, newName: string): CommandEnd {
  const found = findServer(services, name);
  if (!found.ok) return found;
  if (!isTextOfSetting('serverName', newName)) return malformed(words.profileForm.tooLong(settingLengths.serverName));
  const before = found.value.profile.serverName;
  const renamed = services.servers.settings.rename(found.value.profile.id, newName);
  const sentence = () => terminalWords.profiles.renamed(before, newName.trim());
  return renamed.ok ? sayServer(services, found.value, sentence, output) : renamed;
}

/** A server with a license is forgotten only with `--here-only`, never after a confirmation alone. */
async function forget({ services, args, output }: CommandCall, name: string): Promise<CommandEnd> {
  const found = findServer(services, name);
  if (!found.ok) return found;
  const { profile, license } = found.value;
  const leavesOpen = args.has('here-only');
  if (license.record && !leavesOpen)
    return { ok: false, failure: failure('server_holds_license', { facts: { server: profile.serverName } }) };
  const confirmed = args.has('yes') ? succeed(null) : await confirmForgetting(found.value, output);
  if (!confirmed.ok) return confirmed;
  const forgotten = await services.servers.forgetProfile(profile.id, leavesOpen ? 'leave_open' : 'none');
  if (!forgotten.ok) return forgotten;
  output.document({ forgotten: true, id: profile.id, server_name: profile.serverName });
  output.say(words.servers.forgetting.forgotten(profile.serverName));
  return exitCodes.done;
}

async function confirmForgetting(server: LicensedServer, output: CommandOutput): Promise<Result<null>> {
  const { profile, license, newLicenseWaits } = server;
  const { heading, whatHappens } = words.servers.forgetting;
  const { host } = environmentOf(profile.issuer, { isSandbox: false });
  output.say(terminalWords.serverLine(profile.serverName, profile.edition));
  output.say(heading(profile.serverName));
  for (const sentence of whatHappens(host, { holds: license.record !== null, newLicenseWaits }))
    output.say(sentence, '  - ');
  return askYes(terminalWords.profiles.forgetQuestion(profile.serverName), output);
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
  const fields = [
    'clientId',
    'scope',
    'resource',
    'audience',
    'startAddress',
    'signInHosts',
    'integratedSignInHosts',
  ] as const;
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
    integrated_sign_in_hosts: profile.integratedSignInHosts || undefined,
    dpop: profile.dpop === true,
    status: license.view()?.evaluation.renewal.state ?? 'not_licensed',
    shown: services.servers.shown?.profile.id === profile.id,
  });
}
