/** The question of the console for a name and a password that a server wants. */
export const signInWords = {
  heading: 'A name and a password are needed',
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
