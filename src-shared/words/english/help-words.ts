import { helpAnswerWords, helpSearchWords } from './help-answer-words.ts';
import { dates } from './time-spans.ts';

export const helpWords = {
  ...helpAnswerWords,
  search: helpSearchWords,
  pageTitle: 'Help',
  check: {
    heading: 'Is everything right on this computer?',
    why: 'The console checks this computer, its network, and the way to the Authorization server. It says what does not work and who can fix it.',
  },
  connection: {
    heading: 'There is no internet. What is wrong with the connection?',
    unknown: 'The console has not contacted the Authorization server since it started.',
    online: 'The Authorization server answers. Nothing is wrong with the connection now.',
    checksHeading: 'Check these, in this order',
    checks: [
      'Is the network cable plugged in, or the Wi-Fi connected?',
      'Does any other web site open in a browser? If the network shows a sign-in page of its own, sign in there first.',
      "Is this computer's clock right? A wrong clock makes secure connections fail.",
      'Is a firewall or filter in the way? Ask for the address below to be let through, without inspection.',
    ],
    allow: (host: string): string => `Address to let through: ${host}`,
    laptop: 'If this computer has no internet, a laptop in the same network can lend its connection.',
    notNeeded:
      'You can sell without internet. The license works until Token Expiry; it needs a connection once before that.',
  },
  clock: {
    heading: 'The clock is wrong. How do I set it?',
    why: 'License dates only make sense with the right date and time. Set the clock, then come back: the console notices automatically.',
    start: 'Set the Clock',
    starting: 'The system may ask for a password.',
    started: 'The time service was started. The console waits until it sets the clock…',
    ended: ({ wasSet, at }: { readonly wasSet: boolean; readonly at: number }): string =>
      wasSet
        ? `The clock was set. It says ${dates.dateTime(at)}.`
        : `The time service is running, but the clock still says ${dates.dateTime(at)}. The service needs a time server in this network or on the internet. If that time is wrong, set the clock as described below.`,
    systems: [
      {
        name: 'Windows',
        steps: [
          'Open Settings, then Time & language, then Date & time.',
          'Switch on Set time automatically, and check the time zone.',
          'Choose Sync now.',
        ],
      },
      {
        name: 'macOS',
        steps: ['Open System Settings, then General, then Date & Time.', 'Switch on Set time and date automatically.'],
      },
      {
        name: 'Linux',
        steps: [
          'Open Settings, then System, then Date & Time.',
          'Switch on Automatic Date & Time. Or run: sudo timedatectl set-ntp true',
        ],
      },
    ],
    battery: 'If the clock is wrong again after every restart, the small battery on the mainboard is empty.',
  },
  keychain: {
    heading: 'The keychain is locked or does not work. What do I do?',
    why: "License tokens are kept in the computer's keychain, where other accounts cannot read them. The console never keeps them anywhere else.",
    systems: [
      {
        name: 'Windows',
        steps: [
          'The keychain is Credential Manager. It is open while you are signed in to Windows.',
          'If it refuses, sign out of Windows and in again. If it is full, remove old entries under Windows Credentials.',
          'If an administrator reset the Windows password, older entries may stay locked: authorize again.',
        ],
      },
      {
        name: 'macOS',
        steps: [
          'Open Keychain Access and unlock the keychain login with your password.',
          'When macOS asks whether the console may use it, choose Always Allow.',
          'If the sign-in password was changed elsewhere, the previous password opens it once. macOS then offers to update it.',
          'If there is no room, free some space on the disk.',
        ],
      },
      {
        name: 'Linux',
        steps: [
          'A keyring must be running: GNOME Keyring or KWallet. It opens when you sign in with your password.',
          'After an automatic sign-in it stays locked: open Passwords and Keys and unlock Login.',
          'If the sign-in password was changed elsewhere, the previous password opens it. Then choose Change Password for Login and give it the new one.',
          'If there is no room, free some space on the disk.',
          'If another program now is the keychain, such as KeePassXC, switch off its Secret Service to use the previous one again.',
        ],
      },
    ],
  },
  own_authority: {
    heading: 'Our company has its own certificate authority. What do I do?',
    why: 'The console trusts the certificates that this computer trusts, for its own requests and for the page of the Authorization server. If a laptop helps, it has to trust them too. An administrator installs the root certificate of the company there, and then starts the console again.',
    systems: [
      {
        name: 'Windows',
        steps: [
          'Run certlm.msc as an administrator.',
          'Import the root certificate under Trusted Root Certification Authorities. A group policy can do that for many computers.',
        ],
      },
      {
        name: 'macOS',
        steps: [
          'Run: sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain FILE',
          'Or add it to the keychain System in Keychain Access, open it, and choose Always Trust.',
        ],
      },
      {
        name: 'Linux',
        steps: [
          'Install certutil: the package libnss3-tools, or nss-tools. Use the account that runs the console for the next steps.',
          'If the home folder of that account has no folder .pki/nssdb, run: mkdir -p $HOME/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -N --empty-password',
          'Run: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n company -i FILE',
          'A certificate that is only in /etc/ssl/certs may not be enough.',
        ],
      },
    ],
    caution: 'Install only a certificate that you know: its owner can read every connection of this computer.',
  },
  background: {
    heading: 'Can the license be refreshed while nobody is signed in?',
    why: "License tokens are refreshed only while this account is signed in. After a power cut, nobody is signed in. The operating system's scheduler can start the console without its window when the computer starts.",
    systems: [
      {
        name: 'Windows',
        steps: [
          'Open Task Scheduler and choose Create Task. Under General choose this account, and Run whether user is logged on or not.',
          'Under Triggers add At startup. Under Actions add Start a program: the console, with the argument --background.',
          'Under Settings switch off Stop the task if it runs longer than. Restart the computer once and look at the history here.',
        ],
      },
      {
        name: 'macOS',
        steps: [
          'macOS opens the keychain only when the account signs in. Switch on automatic login for this account in System Settings, Users & Groups.',
          'Then switch on Start when I sign in to this computer, in Settings here.',
        ],
      },
      {
        name: 'Linux',
        steps: [
          'Run: sudo loginctl enable-linger, followed by the name of this account. Its services then start with the computer.',
          'Add a systemd user service that starts: fusion-license-console --background --ozone-platform=headless',
          'The keyring must open automatically: give it an empty password, or unlock it first in the service.',
        ],
      },
    ],
    keychain:
      'Without a sign-in, the keychain may stay locked. The console says so when somebody opens it, and still shows the license.',
  },
  registers: {
    heading: 'A register is refused. What do I do?',
    why: 'A register or another server shows its license token to this server. If this server cannot trust it, it is refused, and the reason is recorded.',
    steps: [
      'Open Registers & servers. Those that were refused come first. Search for the name to find one.',
      'Do what it says under the reason. Often that is: connect that device to the internet and refresh its license there.',
      'Let the register connect again. The list updates automatically.',
      'If it is refused again, open Details and choose Copy details for support.',
    ],
    notListed:
      'If it is not on the list, it has not reached this server lately, or it is listed as Unknown device. Check its network, and whether the POS server on this computer is running and has a client here.',
    open: 'Open Registers & servers',
  },
  saving: {
    heading: 'Why can settings not be saved?',
    steps: [
      'Free some space on the disk.',
      'Check that this account can write to its own folder.',
      'Then change the setting again.',
    ],
  },
  support: {
    heading: 'How do I ask support, and what do they get?',
    nothingByItself:
      'Nothing is sent automatically. “Copy details for support” copies a text to the clipboard. You decide where it goes.',
    contains: 'The text contains',
    items: [
      'the version of the console and of the system, the kind of keychain and the path of the data folder',
      "the edition and the Authorization server's address",
      'the license status with its dates',
      'codes and times of the last failures',
    ],
    never:
      'It never contains passwords, license tokens or keys. “Save diagnostics…” saves everything that support asks for in one file, and shows you first what is in it.',
    copy: 'Copy details for support',
  },
  keys: {
    heading: 'Which keys can I use?',
    rows: [
      {
        keys: 'F6',
        does: 'to the next part of the window: from the steps to the bar above the page on the right, into that page, and out of it again',
      },
      { keys: 'Shift+F6', does: 'to the previous part: from the page on the right back to its bar, then to the steps' },
      { keys: 'F1', does: 'open Help' },
      { keys: 'F5', does: 'reload the page on the right, or check the license' },
      { keys: 'Ctrl+1 to Ctrl+6', does: 'to the pages of the console, in their order' },
      { keys: 'Ctrl+comma', does: 'Settings' },
      { keys: 'Ctrl+P', does: 'print' },
      {
        keys: 'Ctrl+F',
        does: 'to the search, in Help, Registers & servers and All servers; on the License page: find on the page on the right',
      },
      { keys: 'F3, Shift+F3', does: 'to the next or the previous place that was found on the page on the right' },
      { keys: 'Escape', does: 'clear or close the search, or close a question without an answer' },
      { keys: 'Menu key, Shift+F10', does: 'open the context menu, as the right mouse button does' },
      { keys: 'Left, Right', does: 'on the dividing line: make a pane wider' },
      { keys: 'Ctrl+Plus, Ctrl+Minus', does: 'larger, smaller' },
      { keys: 'Ctrl+0', does: 'back to the usual size' },
    ],
  },
};
