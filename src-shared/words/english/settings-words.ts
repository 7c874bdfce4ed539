export const profileFormWords = {
  issuer: "Authorization server's address",
  issuerHint: 'For example https://auth.example.com. It came with your license.',
  schemeAdded: (address: string): string => `We added the beginning: ${address}`,
  checking: 'Asking this address whether it is an Authorization server…',
  edition: 'Edition',
  editionHint: 'The kind of POS server that this computer is.',
  editionNotes: { cloud: 'the central server', corporate: 'connects to Cloud', store: 'connects to Corporate' },
  serverName: 'Server name',
  serverNameHint: 'As people call it, for example Store 014.',
  advanced: 'Advanced',
  advancedNote: 'Leave these as they are, unless you were given others.',
  clientId: 'Client ID',
  clientIdHint: 'The name under which the Authorization server knows this console.',
  fixed: 'It stays as it is while a license is held. To change it, remove the license first.',
  scope: 'Scope',
  scopeHint: 'What is asked for, separated by spaces. With offline_access the license can renew itself.',
  resource: 'Resource',
  resourceHint: 'What the license is asked for. Empty: nothing is sent, which most Authorization servers expect.',
  audience: 'Audience',
  audienceHint:
    'Who a license token must be made out for. Empty: the same as Resource; where that is empty too, it is not compared.',
  startAddress: 'Where the Authorization server opens',
  startAddressHint: "Empty: at the Authorization server's own address.",
  signInHosts: 'Sign-in hosts inside the company',
  signInHostsHint:
    'For example sso.company.local. Separate several by commas. Empty: only public addresses may be reached.',
  dpop: "Bind license tokens to this computer's key (DPoP)",
  dpopHint:
    'Leave off unless you were told to turn it on: other programs on this computer then need a proof to use the token. A change counts from the next time this server is authorized.',
  missing: {
    issuer: 'Enter the address of the Authorization server.',
    edition: 'Choose the edition.',
    serverName: 'Give the server a name.',
    clientId: 'Enter a client ID.',
    scope: 'Enter a scope.',
  },
  tooLong: (most: number): string => `Use up to ${most} characters, all in one line.`,
  checkAndContinue: 'Check and continue',
  checkAndSave: 'Check and save',
  busy: 'Checking…',
  saved: 'Saved.',
};

export const firstRunWords = {
  pageTitle: 'Welcome',
};

export const settingsWords = {
  pageTitle: 'Settings',
  serverHeading: 'This server',
  addHeading: 'More servers',
  addNote: 'On a laptop that sets up several servers, each has its own license here.',
  add: 'Add another server',
  addCancel: 'Cancel',
  sharedHeading: 'Shared computer',
  signOutWhenFinished: 'Sign out of the Authorization server when finished',
  signOutNote: 'For a computer that several people use: the next person has to sign in again.',
  markerNotWritten:
    'Other accounts on this computer cannot be told that it is licensed here: the folder that they share is missing or cannot be written. An administrator can mend that by installing the console again.',
  aboutHeading: 'About',
  version: 'Version',
  runtime: 'Runtime',
};
