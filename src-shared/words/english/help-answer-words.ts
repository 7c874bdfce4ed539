import { counted } from './counts-and-lists.ts';

/** An answer of Help: what it means, what to do, and what else to know. */
export interface HelpAnswer {
  readonly heading: string;
  readonly why: readonly string[];
  readonly steps?: readonly string[];
  readonly also?: readonly string[];
}

/** Answers that are texts alone. The headings are the questions that people ask. */
export const helpAnswerWords = {
  renewal: {
    heading: 'What does Requires Renewal mean?',
    why: [
      'The license renewal date is near. You can keep selling until that date: registers and servers trust this server until then.',
      'The license is updated at the Authorization server, by the people who manage licenses in your company. The console cannot do that.',
    ],
    steps: [
      'Ask for the renewal, or open the Authorization server and renew the license there.',
      'On the License page choose Check License Now. The new date appears at once.',
    ],
    also: ['Otherwise, the console fetches the new date with its next automatic refresh.'],
  },
  expired: {
    heading: 'The license has expired. Can we still sell?',
    why: [
      'Expired – Requires Renewal means that the license renewal date is past. Registers and other servers may refuse this server from now on, so sales may stop.',
      'An expired license is not extended. It is removed and acquired again.',
    ],
    steps: [
      'Make sure that the license is renewed at the Authorization server.',
      'On the License page choose Remove and re-acquire, and follow the steps.',
    ],
    also: [
      'The old license is kept until the new one is safely stored, so nothing is lost if you have to stop in between.',
      "If the date surprises you, look at this computer's clock first.",
    ],
  },
  token: {
    heading: 'The license token has expired. What now?',
    why: [
      'The license itself is still valid. The license token is its proof: it lasts for some days, and the console refreshes it automatically whenever there is internet.',
      'Once the token has expired, registers cannot be authenticated until a fresh one arrives. Nothing has to be acquired again.',
    ],
    steps: [
      'Connect this server to the internet.',
      'On the License page choose Check License Now.',
      'If it cannot be refreshed, the page says why and what to do next.',
    ],
    also: ['To avoid this, let the console keep running when its window is closed. Settings has a switch for that.'],
  },
  new_pc: {
    heading: 'We have a new PC. How does the license get there?',
    why: [
      'A license is not copied. It is removed on the old PC and acquired on the new PC, for the same device at the Authorization server. The two together take a few minutes.',
    ],
    steps: [
      'On the old PC, choose Remove License… on the License page. That ends its authorization, so that the license can be used again.',
      'Install the console on the new PC and enter the same Authorization server and server name.',
      'Acquire the license there: choose the same device.',
      'Look at the License page of the new PC: it must show Licensed, with the same Server ID.',
    ],
    also: [
      'If the old PC is broken or gone, sign in at the Authorization server and remove the authorization of the device there. Then acquire on the new PC.',
      'After the removal, the old PC says Not licensed. With Forget, under Servers in Settings, it also forgets the settings, the history and the clients of the local license API.',
      'Do not copy the folder of the console or its whole disk to the new PC: the tokens are in the keychain of the old one, and only one computer can refresh a license.',
      'The history stays on the old PC. To keep it, export it as CSV first.',
    ],
  },
  wrong_server: {
    heading: 'The wrong server was licensed. How do I undo that?',
    why: [
      'Before a new license is used, the console compares it with the server that you meant: its name, its edition, its Server ID and its organization. If something differs, it asks first.',
    ],
    steps: [
      'If the console is asking, choose Undo. That ends the new authorization and gets a new User Code for another device.',
      'If you chose Keep it already, choose Remove License…, then acquire again and choose the right device.',
    ],
    also: ['If the device was only renamed at the Authorization server, Keep it is the right answer.'],
  },
  user_code: {
    heading: 'The User Code expired or was denied. What now?',
    why: [
      'A User Code lasts only some minutes. Nothing was changed, and an existing license stays as it is.',
      'Denied means that the request was refused on the page of the Authorization server, often because the wrong button was pressed.',
    ],
    steps: [
      'Choose Get a new code, or Start again. The old code is no longer valid.',
      'Enter the new code before its time is over. The countdown is next to it.',
    ],
    also: [
      'If nobody at the store is allowed to sign in, choose Ask head office… next to the User Code. It writes a message for a person who is.',
      'If codes are denied again and again, the account that signs in may lack the right to authorize devices. Ask the people who manage it.',
    ],
  },
  proxy: {
    heading: 'The proxy asks for a password. What do I do?',
    why: [
      'Some networks let programs out only through a proxy, and some proxies ask for a user name and a password. The console asks for them once in a window of its own, keeps them in the keychain, and uses them for its own requests and for the pages of the Authorization server.',
    ],
    steps: [
      'Choose Enter the proxy’s name and password. The people who run the network can tell you what to enter.',
      'To change or remove them later, open Settings.',
      'If the page still cannot be shown, choose Open in browser: the browser knows more kinds of sign-in.',
    ],
    also: [
      'The pane can use HTTP, HTTPS and SOCKS5 proxies. It can sign in to HTTP and HTTPS proxies that accept Basic.',
    ],
  },
  company_sign_in: {
    heading: 'The sign-in page asks for a certificate, a passkey or the sign-in of this computer. What do I do?',
    why: [
      'Some companies want to see a certificate before they show their sign-in page. The console then asks which certificate of this computer the server may get. A certificate tells the server who you are.',
      'Other companies want the sign-in of this computer, by Kerberos or NTLM. The console gives it only to hosts that an administrator has named in Settings, under Advanced.',
      'A passkey, and a security key with a PIN, need a window that the console does not have.',
    ],
    steps: [
      'Look at the address in the question. Choose a certificate only if you know that server.',
      'If you do not know which certificate is right, ask the people who run your network.',
      'If the page says that this computer has no certificate, choose Open in browser. Some browsers have certificates of their own.',
      'If the page asks for a passkey or a security key, touch the key if it blinks. If nothing happens, choose Open in browser.',
      'If the server wants the sign-in of this computer, choose Open in browser, or ask an administrator to add the host in Settings.',
    ],
    also: [
      'Choose Do not use a certificate to see the page without one, if the server allows that. Sign out of the Authorization server to be asked again.',
    ],
  },
  servers: {
    heading: 'Can one console look after several servers?',
    why: [
      'Yes. Each server has its own license, history and settings, and the console refreshes all of them.',
      'The list at the top of the window chooses the server that is shown. The others keep working in the background.',
    ],
    steps: [
      'Open Settings. Under Servers choose Add another server.',
      'Enter its Authorization server, edition and name, then acquire its license as usual.',
    ],
    also: [
      'Under Servers you can also rename a server, edit its settings, or forget it.',
      'All servers shows all of them on one page, the most urgent first. There you can also add a note to a server, or archive it.',
    ],
  },
  closing: {
    heading: 'What happens when I close the window?',
    why: [
      'If the console keeps running, closing the window changes nothing: its icon stays next to the clock, and the license is refreshed. Choose the icon to open the window again.',
      'Quit stops the console. The license stays valid, but nothing is refreshed until the console starts again, so the license token expires after some days.',
    ],
    also: [
      'Both choices are in Settings, under In the background: keep running when the window is closed, and start when you sign in to this computer.',
      'Some Linux desktops show no icons next to the clock. The console runs there too: start it again to see its window.',
    ],
  },
  stored: {
    heading: 'What does the console store, and what does it never show?',
    why: [
      'License tokens and keys are only in the keychain of this computer. They are never shown, copied, printed, logged or sent to anyone but the Authorization server and, on request, the POS server.',
      'On the disk are the settings, the license details that you see, the history, the public keys of the Authorization server and a log. None of it is secret.',
      'Passwords that you enter on the page of the Authorization server stay between that page and its server. Its cookies are kept in memory only.',
    ],
    also: [
      'A User Code is shown because a person has to enter it. It is useless once it has been used or has expired.',
    ],
  },
} satisfies Record<string, HelpAnswer>;

/** The search of Help. */
export const helpSearchWords = {
  label: 'Search Help',
  placeholder: 'For example: expired, new PC, no internet',
  found: (count: number): string => `${counted(count, 'answer')} found`,
  nothing: 'Nothing found. Try fewer or other words. If that does not help, ask support.',
  showAll: 'Show all of Help',
};
