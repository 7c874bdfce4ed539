import { minutesAndSeconds, span } from './time-spans.ts';

/** The steps of the vendor's page for acquiring a license, with its exact labels. Its tabs became panes. */
export const acquisitionWords = {
  heading: 'Acquiring a License',
  headingAgain: 'Acquiring the license again',
  stepsLabel: 'Steps to acquire a license',
  onTheRight: 'On the right',
  /** For a person who uses the keyboard. */
  onTheRightByF6: 'On the right (F6)',
  atTheLaptop: 'At the laptop',
  stepDone: 'Done',
  /** What to do first, at the place where the Authorization pane is. */
  hints: {
    closed: 'The page of the Authorization server is closed. Open it first.',
    failed: 'The page could not be shown. The message on the right says what to do.',
    elsewhere: 'The page on the right belongs to another site, perhaps for signing in. Finish there first.',
    signing_in: 'Sign in on the right first.',
    away: 'Choose the organization on the right, then Authorize Device.',
    filled_in: 'The User Code is filled in on the right already.',
    not_there: 'If you do not see that field, choose the organization, then Authorize Device.',
    laptop: 'At the laptop, choose Authorize for this server.',
  },
  /** For a screen reader, at a step that is done on the right. */
  byKeyboard: 'Press F6 until you are in the page on the right. F6 also leads out of it again.',
  steps: {
    signIn: {
      before: 'Sign in to the Authorization server, choose the organization, then choose ',
      label: 'Authorize Device',
      after: '.',
    },
    chooseDevice: { before: 'Choose the device that you want to license from the ', label: 'Device', after: ' list.' },
    next: { before: 'Come back here and choose ', label: 'Next', after: '.' },
    userCode: { before: 'Copy the ', label: 'User Code', after: '.' },
    authorize: {
      before: 'Paste it into the ',
      label: 'UserCode',
      between: ' field, choose ',
      label2: 'Authorize',
      after: ' and confirm.',
    },
    complete: { before: 'Choose ', label: 'Complete Authorization', after: '.' },
  },
  /** Next to Complete Authorization, while the console asks at the server's interval. */
  automatically: 'This usually happens automatically.',
  /** In place of the sentence about the device, for a server with a name. */
  chooseNamedDevice: (serverName: string) => ({
    before: 'Choose ',
    label: serverName,
    between: ' from the ',
    label2: 'Device',
    after: ' list.',
  }),
  next: 'Next',
  askingForCode: 'Asking the Authorization server for a User Code…',
  userCode: 'User Code',
  copy: 'Copy',
  copiedToClipboard: 'Copied to the clipboard',
  timeLeft: (seconds: number): string => `${minutesAndSeconds(seconds)} left`,
  timeLeftLabel: 'Time left for the User Code',
  byPhone: 'Use a phone',
  qrAlternative: (address: string): string => `QR code of ${address}`,
  qrNote: 'Scan it, sign in there, and authorize the device.',
  qrTooLong: 'This address does not fit into a QR code. Copy it, or open it on this computer.',
  enterAt: 'Enter it at',
  copyAddress: 'Copy the address',
  addressCopied: 'Address copied to the clipboard',
  openPage: 'Open the page',
  openFilledIn: 'Open with the code filled in',
  complete: 'Complete Authorization',
  cancel: 'Cancel',
  waiting: 'Waiting for the Authorization server.',
  pollLine: (checkedSecondsAgo: number | undefined, nextInSeconds: number): string => {
    const checked =
      checkedSecondsAgo === undefined
        ? ''
        : checkedSecondsAgo < 1
          ? 'Checked just now, '
          : `Checked ${span(checkedSecondsAgo * 1000)} ago, `;
    const next = nextInSeconds <= 0 ? 'checking now…' : `next check in ${span(Math.ceil(nextInSeconds) * 1000)}.`;
    return `Waiting for the Authorization server. ${checked === '' ? next.charAt(0).toUpperCase() + next.slice(1) : checked + next}`;
  },
  pollTrouble: (reason: string, secondsLeft: number): string =>
    `No answer right now (${reason}). Still trying; the code is valid for ${minutesAndSeconds(secondsLeft)}.`,
  pollTroubleSpoken: (reason: string): string => `No answer right now: ${reason}. Still trying.`,
  pollRecovered: 'The Authorization server answers again.',
  notYet: 'Checked just now: not authorized yet. Finish the marked step first.',
  notDue: (seconds: number): string =>
    `The Authorization server wants a short pause between checks. The console checks again${seconds > 0 ? ` in ${span(seconds * 1000)}` : ' in a moment'}.`,
  storing: 'Authorized. Storing the license safely on this computer…',
};
