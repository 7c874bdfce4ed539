/** The question about a name and a password that a server wants. */
export const signInWords = {
  heading: 'A name and a password are needed',
  whyProxy: (proxy: string): string =>
    `The proxy ${proxy} of this network lets nobody through without a name and a password. The console needs them to refresh the license and to show the pages of the Authorization server.`,
  againProxy: 'The proxy did not accept that name and password. Check both and enter them once more.',
  unencryptedProxy:
    'The connection to a proxy is usually not encrypted, so others in the network may be able to read the password.',
  kept: 'The keychain of this computer keeps them. You can change or remove them in Settings.',
  why: (origin: string): string =>
    `The server ${origin} wants a name and a password before it shows this page. Enter those that you have for this server.`,
  again: 'The server did not accept that name and password. Check both and enter them once more.',
  unencrypted:
    'The connection to this server is not encrypted, so others in the network may be able to read the password.',
  notKept: 'The console does not keep them. They are forgotten when you sign out of the Authorization server or quit.',
  name: 'Name',
  nameMissing: 'Enter a name.',
  password: 'Password',
  submit: 'Sign in',
  cancel: 'Cancel',
};

/** The card in Settings. */
export const proxySettingsWords = {
  heading: 'Proxy',
  wants: (proxy: string): string => `The proxy ${proxy} of this network wants a name and a password.`,
  isKept: 'They are in the keychain of this computer.',
  untilEnd:
    'They work until the console ends, because the keychain did not keep them. Unlock it, then enter them again.',
  isMissing: 'None are kept.',
  stillInKeychain:
    'They are not used now, but the keychain could not be changed and may still hold them. They are then used again after the next start. Unlock it, then forget them again.',
  enter: 'Enter the name and password',
  forget: 'Forget them',
  forgotten: 'The name and password of the proxy are forgotten.',
};
