import type { AddressChange, ReadAddress } from '../../servers/authorization-server-address.ts';

const addressChanges: Record<AddressChange, string> = {
  https_added: 'added https://',
  http_added: 'added http://',
  secured: 'changed http:// to https://',
  repaired: 'corrected what was mistyped',
  trimmed: 'removed the text around the address',
};

/** What is wrong with an option of the command line that sets a server's setting. */
export const profileOptionWords = {
  takes: (option: string, choices: readonly string[]): string => `--${option} takes one of ${choices.join(', ')}`,
  wrong: (option: string, trouble: string): string => `--${option}: ${trouble.replace(/\.$/, '')}`,
};

export const profileFormWords = {
  issuer: "Authorization server's address",
  issuerHint:
    'For example https://auth.example.com. It came with your license. Or scan the QR code of a handover sheet.',
  addressRead: ({ address, changes }: ReadAddress): string =>
    `The console ${changes.map((change) => addressChanges[change]).join(' and ')}. The address is now ${address}`,
  isEmail:
    'This is an e-mail address. Enter the address of the Authorization server, for example https://auth.example.com.',
  codeRead: (serverName: string): string =>
    `The settings of ${serverName} are from the QR code. Check them, then continue.`,
  isUnreadCode:
    'This console cannot read this code. Scan the QR code of a handover sheet again, or enter the address of the Authorization server.',
  checking: 'Checking whether this is an Authorization server…',
  edition: 'Edition',
  editionHint: 'The kind of POS server that you license.',
  editionNotes: { cloud: 'the central server', corporate: 'connects to Cloud', store: 'connects to Corporate' },
  serverName: 'Server name',
  serverNameHint:
    'As the Authorization server lists the device. If you leave this empty, the name in its license is used.',
  advanced: 'Advanced',
  advancedNote: 'Leave these as they are, unless you were given other values.',
  clientId: 'Client ID',
  clientIdHint: 'The name under which the Authorization server knows this console.',
  fixed: 'It cannot be changed while this server is licensed. To change it, remove the license first.',
  scope: 'Scope',
  scopeHint: 'What the console asks for, separated by spaces. With offline_access, the license can be refreshed.',
  resource: 'Resource',
  resourceHint: 'What the license is requested for. If empty, nothing is sent. Most Authorization servers expect that.',
  audience: 'Audience',
  audienceHint:
    'Who a license token must be issued for. If empty: the same as Resource. If both are empty, it is not checked.',
  startAddress: 'Where the Authorization server opens',
  startAddressHint: "If empty: at the Authorization server's own address.",
  signInHosts: 'Sign-in hosts inside the company',
  signInHostsHint:
    'For example sso.company.local. Separate several with commas. If empty, only public addresses can be reached.',
  integratedSignInHosts: 'Hosts that may use the sign-in of this computer',
  integratedSignInHostsHint:
    'For example sso.example.com or *.example.com. Separate several with commas. They get a proof of who is signed in to this computer (Kerberos or NTLM). If empty, no server gets it. A host inside the company has to be in the field above too.',
  dpop: "Bind license tokens to this computer's key (DPoP)",
  dpopHint:
    'Leave this off unless you were asked to turn it on: other programs on this computer then need a proof to use the token. A change takes effect the next time this server is authorized.',
  missing: {
    issuer: 'Enter the address of the Authorization server.',
    edition: 'Choose the edition.',
    clientId: 'Enter a Client ID.',
    scope: 'Enter a scope.',
  },
  noHosts: 'Use host names such as sso.example.com or *.example.com, separated by commas.',
  tooLong: (most: number): string => `Use up to ${most} characters, all on one line.`,
  checkAndContinue: 'Check and continue',
  continueUnchecked: 'Continue without checking',
  uncheckedHint: 'The console checks the address as soon as it can reach it. A laptop with internet can help.',
  throughLaptop: 'The address is checked through the laptop.',
  checkAndSave: 'Check and save',
  busy: 'Checking…',
  saved: 'Saved.',
};

export const firstRunWords = {
  pageTitle: 'Welcome',
  helpServer: 'Help another server get licensed instead',
};

export const appearanceWords = {
  heading: 'Colors',
  legend: 'Colors of the window',
  choices: { system: 'Same as this computer', light: 'Light', dark: 'Dark' },
};

export const settingsWords = {
  pageTitle: 'Settings',
  serverHeading: 'This server',
  sharedHeading: 'Shared computer',
  signOutWhenFinished: 'Sign out of the Authorization server when finished',
  signOutNote:
    'For a computer that several people use: the next person has to sign in again. While you help other servers, you are signed out when the help ends.',
  markerNotWritten:
    'Other accounts on this computer cannot see that this account holds the license: the folder that the accounts share is missing or cannot be written. An administrator can fix that by installing the console again.',
};
