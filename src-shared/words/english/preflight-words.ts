import type { ClockTimes } from '../../license/license-status.ts';
import type { CheckAdvice, CheckId, CheckState, Fixer } from '../../support/preflight.ts';
import { attentionWords } from './attention-words.ts';
import { dates, sentenceOf } from './time-spans.ts';

const labels: Readonly<Record<CheckId, string>> = {
  settings: 'Settings',
  storage: 'Disk',
  clock: 'Clock',
  background: 'Background',
  start: 'Start at sign-in',
  copies: 'Other copies',
  machine: 'Computer',
  api: 'Local API',
  keychain: 'Keychain',
  network: 'Network',
  name: 'Name',
  proxy: 'Proxy',
  connection: 'Connection',
  certificate: 'Certificate',
  portal: 'Network page',
  authorization_server: 'Server',
  device_flow: 'User Codes',
  keys: 'Keys',
  license: 'License',
  refreshing: 'Refreshing',
};

const fixers: Readonly<Record<Fixer, string>> = {
  store: 'You can fix this here.',
  network: 'Ask the people who run this network.',
  authorization_server: 'Ask the people who run the Authorization server.',
  support: 'Ask support.',
};

/** How the words of the failures ask people. A test holds all of them to this phrase. */
const asks = /\bask the people who run\b/i;

/** Whose job it is. Nobody is asked if what the check says asks somebody else already. */
function whoFixes(fixer: Fixer | undefined, says: readonly string[]): readonly string[] {
  if (fixer === undefined) return [];
  return fixer !== 'store' && says.some((text) => asks.test(text)) ? [] : [fixers[fixer]];
}

export const preflightWords = {
  labels,
  states: {
    ok: 'Works',
    attention: 'Needs attention',
    failed: 'Does not work',
    skipped: 'Not checked',
  } satisfies Record<CheckState, string>,
  start: 'Check This Computer',
  again: 'Check Again',
  cancel: 'Cancel',
  copy: 'Copy Results',
  copied: 'The results were copied.',
  save: 'Save Results…',
  saveDialogTitle: 'Save the results',
  textFiles: 'Text files',
  fileName: (serverName: string, at: number): string =>
    ['Checks', serverName, dates.sortableDay(at)].filter((part) => part !== '').join(' '),
  /** `done` of `total` checks have ended. */
  running: (done: number, total: number): string => `Checking… ${done} of ${total}`,
  allChecks: 'All Checks',
  /** Names the other checks that found something. */
  also: (labels: readonly string[]): string => `Also: ${labels.join(', ')}.`,
  wasCancelled: 'The check was cancelled.',
  hasFailed: 'The check ended early because of an error in the console.',
  outcome: (wrong: number): string => {
    if (wrong === 0) return 'Nothing is wrong.';
    return wrong === 1 ? 'One thing does not work.' : `${wrong} things do not work.`;
  },
  adviceLabels: {
    start_at_sign_in: 'Open Settings',
    free_disk_space: 'What to Do',
    connect: 'What to Do',
    renew: 'What to Do',
    acquire_again: 'Open License',
    authorize_again: 'Open License',
  } satisfies Record<CheckAdvice, string>,
  others: (count: number): string => `Everything else (${count})`,
  whoFixes,
  servers: (count: number): string => (count === 1 ? 'One server is set up.' : `${count} servers are set up.`),
  storageWorks: 'The console can write to its folder, and the disk has space.',
  diskAlmostFull: 'The disk is almost full. Settings and history may soon not be saved.',
  clockRight: 'It agrees with the latest trusted time.',
  clockNotCompared: (localAt: number): string =>
    `It says ${dates.dateTime(localAt)}. No server has given the time yet, so there is nothing to compare it with.`,
  clockNotBehind: (localAt: number, trustedAt: number): string =>
    `It says ${dates.dateTime(localAt)}, which is later than the last trusted time, ${dates.dateTime(trustedAt)}. There is nothing newer to compare it with.`,
  clockIsBehind: (localAt: number): string =>
    `This computer's clock is behind. It says ${dates.dateTime(localAt)}. Set it, then check again.`,
  /** Why it is behind. `host` is empty if it is not known. */
  clockEvidence: ({ from, host, trustedAt }: ClockTimes & { readonly from: string; readonly host: string }): string =>
    from === 'program'
      ? `This program was built on ${dates.dateTime(trustedAt)}.`
      : `The certificate${host === '' ? '' : ` of ${host}`} is only valid from ${dates.dateTime(trustedAt)}.`,
  clockIsWrong: ({ localAt, trustedAt }: ClockTimes): string =>
    `${attentionWords.clockWrong.headline}. ${attentionWords.clockWrong.meaning(localAt, trustedAt)}`,
  clockIsInDoubt: ({ localAt, trustedAt }: ClockTimes): string =>
    `${attentionWords.clockInDoubt.headline}. ${attentionWords.clockInDoubt.meaning(localAt, trustedAt)}`,
  consoleRuns: 'The console is running.',
  notRunning: 'The console is not running.',
  startsAtLogin: 'The console starts when this account signs in.',
  startsNotAtLogin: 'The console does not start when this account signs in.',
  endsWithWindow: 'The console ends when its window is closed.',
  startsThis: 'This copy of the console starts at sign-in.',
  startsAnother: (program: string): string => `Another program starts when this account signs in: ${program}`,
  startAgainOn: 'If this is the copy of the console that you use, switch the start at sign-in off and on again.',
  noCopies: 'No other copy of the console was seen.',
  copiesUnknown: 'This system does not show which other copies of the console are running.',
  copyHere: (program: string, process: number): string =>
    `Another copy of the console runs in this account, with settings of its own: ${program} (process ${process}).`,
  copyOf: (account: string, program: string, process: number): string =>
    `Another copy of the console runs in the account ${account}: ${program} (process ${process}).`,
  moreCopies: (count: number): string =>
    count === 1 ? 'One more copy is running.' : `${count} more copies are running.`,
  oneCopy:
    'Each copy has its own settings and licenses. Use one copy for each server, and quit the ones that nobody uses.',
  noVirtualMachine: 'No virtual machine was detected.',
  virtualMachine: (kind: string): string =>
    `A virtual machine (${kind}). A copy of it needs a license of its own, and its clock stops while it is suspended.`,
  copiedFrom: (computer: string): string =>
    `The license was acquired on another computer, ${computer}. This disk or this account was copied from there.`,
  apiOff: 'Off.',
  apiListens: (address: string): string => `On, and open at ${address}`,
  apiNotWithoutConsole:
    'It is open only while the console runs, and no console is running. A scheduler that only refreshes does not open it. Start the console; on a computer without a display, with "fusion-license-console --background --ozone-platform=headless".',
  keychainHolds: 'It works, and holds the license tokens.',
  keychainWorks: 'It works.',
  networkWorks: 'This computer is connected to a network.',
  nameWorks: (host: string): string => `The network knows the name ${host}.`,
  proxyWorks: (proxy: string): string => `Connections go through the proxy ${proxy}, which lets them pass.`,
  proxyScript: {
    not_loaded: (address: string): string => `The script that chooses the proxy cannot be loaded: ${address}`,
    not_a_script: (address: string): string => `The script that chooses the proxy has an error: ${address}`,
    in_a_file: (address: string): string =>
      `The script that chooses the proxy is a file, which the console cannot use: ${address}`,
  },
  /** `address` is empty if the network names the script. */
  scriptUnseen: (address: string): string =>
    address === ''
      ? 'The network may name a script that chooses the proxy (WPAD). The console cannot look at that script.'
      : `The console cannot look at the script that chooses the proxy: ${address}`,
  noProxy: 'Connections go out without a proxy.',
  goesAround: 'The console connects without it.',
  connectionWorks: (host: string): string => `${host} can be reached.`,
  reachedByLaptop: (host: string, laptop: string): string =>
    `${host} can be reached only through the laptop ${laptop}. This computer has no connection of its own.`,
  reachedBothWays: (host: string, laptop: string): string =>
    `${host} can be reached through the laptop ${laptop}, and directly from this computer.`,
  withoutLaptop: (headline: string): string => `Without the laptop: ${sentenceOf(headline)}`,
  needsWay: 'Once the laptop is gone, the license is not refreshed until this computer has a connection of its own.',
  certificateWorks: 'It is trusted.',
  certificateOf: (signer: string): string => `It is trusted. It was issued by ${signer}.`,
  certificateOfNetwork: (signer: string): string =>
    `It is trusted here, but was issued by ${signer}, which is not a public authority. A company's own server has such a certificate, and so has a network that inspects encrypted connections.`,
  noPortal: 'The network does not show a page of its own in place of the server.',
  serverAnswers: (issuer: string): string => `The Authorization server answers: ${issuer}`,
  deviceFlowWorks: 'The server issues User Codes.',
  keysWork: 'The keys that prove a license can be fetched.',
  nothingToRefresh: 'Nothing to refresh.',
  skippedFor: (label: string): string => `Not checked, because "${label}" failed.`,
  noTimeLeft: 'Not checked, because the checks before it took all the time. Check again.',
  cancelled: 'Not checked, because the check was cancelled.',
};
