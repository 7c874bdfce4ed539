import type { ClientPermission, ExpiredPeerRule, LocalApiView } from '../../registers/local-api-view.ts';
import { listed } from './counts-and-lists.ts';
import { ago, dates } from './time-spans.ts';

/** The environment variable in which the license client looks for its secret. */
const secretVariable = 'FUSION_LICENSE_API_SECRET';

const states: Record<Exclude<LocalApiView['state'], 'failed'>, string> = {
  off: 'Off: no program can reach the license.',
  starting: 'Opening…',
  listening: 'Open. Programs on this computer that have a secret can use it.',
};

export const localApiWords = {
  heading: 'Local license API',
  on: 'Let programs on this computer use the license',
  onNote:
    "Lets the POS server on this computer use this server's license token, and check the tokens of registers and other servers. Nothing is opened to the network.",
  states,
  socket: 'Address',
  tcp: 'TCP address',
  copyAddress: (label: string): string => `Copy ${label}`,
  addressCopied: (label: string): string => `${label} copied.`,
  addressNote: 'The license client for POS servers finds it automatically.',
  tcpOn: 'Also over TCP',
  tcpNote:
    'Only for programs that cannot use the address above. Open only to this computer (127.0.0.1), never to the network.',
  tcpSwitchedOn: 'It can now be reached over TCP',
  tcpSwitchedOff: 'It can no longer be reached over TCP',
  port: 'Port',
  portHint: 'From 1024 to 65535. No other program may use it.',
  portTrouble: 'Enter a number from 1024 to 65535.',
  takePort: 'Use this port',
  portKept: (port: number): string => `Port ${port} is used from now on.`,
  choosePort: 'Choose another port',
  tryAgain: 'Try again',
  switchedOn: 'The local license API is on',
  switchedOff: 'The local license API is off',
  expiredLegend: 'When the license of a register or server has expired',
  expiredHint: 'Its renewal date has passed, but its token is still valid.',
  expiredKept: 'Saved.',
  expired: {
    refuse: { label: 'Refuse it', note: 'Until its license is renewed.' },
    warn: { label: 'Accept it with a warning', note: 'The list above shows it as expired.' },
  } satisfies Record<ExpiredPeerRule, { label: string; note: string }>,
};

const may: Record<ClientPermission, { readonly label: string; readonly note: string; readonly does: string }> = {
  read: {
    label: 'See the license',
    note: 'Status, dates and features of this server, and when they change.',
    does: 'see the license',
  },
  token: {
    label: 'Use the license token',
    note: 'To show it to the hub server. Anyone who has it can act as this server until it expires.',
    does: 'use the license token',
  },
  verify: {
    label: 'Check registers and servers',
    note: 'Whether the tokens that they show are accepted.',
    does: 'check registers and servers',
  },
};

const stops: Record<ClientPermission, string> = {
  read: 'It can no longer see whether this server is licensed.',
  token: 'It can no longer get license tokens. A token that it already has still works until it expires.',
  verify: 'It can no longer check registers and other servers, and may refuse them.',
};

/** How long after its last request a client counts as in use. */
const recentUseMs = 120_000;

export const clientWords = {
  heading: 'Clients',
  note: 'Programs on this computer that may ask the local license API. Each has its own secret.',
  create: 'Create client…',
  empty: 'No clients yet. The POS server on this computer needs one.',
  may,
  mayDo: (permissions: readonly ClientPermission[]): string => `May ${listed(permissions.map((one) => may[one].does))}`,
  created: (at: number): string => `Created ${dates.date(at)}`,
  lastUsed: (at: number | undefined, nowAt: number): string =>
    at === undefined ? 'Never used' : `Last used ${ago(nowAt, at, recentUseMs)}`,
  revoke: 'Revoke…',
  revokeWhich: (name: string): string => ` ${name}`,
  creation: {
    heading: 'Create a client',
    name: 'Name',
    nameHint: 'One that you will recognize later, for example POS server.',
    nameMissing: 'Give it a name.',
    mayLegend: 'What it may do',
    mayHint: 'The POS server needs all three.',
    mayMissing: 'Choose at least one.',
    submit: 'Create',
    cancel: 'Cancel',
  },
  secret: {
    heading: (name: string): string => `The secret of ${name}`,
    once: 'It is shown only once. Copy it now.',
    label: 'Secret',
    copy: 'Copy secret',
    copied: 'Secret copied',
    where: 'Give it to the POS server, in the environment variable',
    variable: secretVariable,
    restart: 'Then start the POS server again.',
    lost: 'If you lose it, revoke this client and create a new one.',
    notCopied: 'The secret has not been copied yet, and it cannot be shown again.',
    close: 'Close',
    closeAnyway: 'Close without copying',
    revoked: 'This client has been revoked. Its secret no longer works.',
    createAgain: 'If it is still needed, create a new client.',
  },
  revocation: {
    heading: (name: string): string => `Revoke ${name}?`,
    stops,
    inUse: (at: number, nowAt: number): string =>
      `${nowAt - at < recentUseMs ? 'It is in use: its' : 'Its'} last request was ${ago(nowAt, at, recentUseMs)}.`,
    neverUsed: 'It has never been used.',
    comeBack: 'Its secret stops working permanently. To give it access again, create a new client.',
    confirm: 'Revoke',
    cancel: 'Keep',
    revoked: (name: string): string => `${name} was revoked.`,
  },
};
