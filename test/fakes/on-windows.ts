declare module 'vitest' {
  interface TaskMeta {
    /** Why the test is skipped; `npm run test:windows` prints it. */
    reason?: string;
  }
}

/** Why a test cannot pass on Windows or cannot be tried there. */
export const windowsReasons = {
  modeBits: 'Windows has access lists in the place of mode bits',
  ownFile: 'a file that the account can write is refused there, and Wine has no account that cannot',
  socketFile: 'a pipe of Windows is no file: nothing is left of it, and nothing can be put in its place',
  links: 'links, devices and pipes as files are not for everybody to make on Windows',
  longNames: 'a name that is too long counts as one that is not there on Windows',
  keyrings: 'the keyrings of Linux exist there alone',
  linuxOnly: 'what is tested exists on Linux and macOS alone',
  sourceLoader:
    'it starts a TypeScript source by a program for Linux; test/windows/ has its like where Windows differs',
  buildTools: 'it builds, by programs for Linux; the console is built there',
} as const;

type Reason = keyof typeof windowsReasons;

/** The options of a test, or of a group of tests, that cannot pass on Windows. */
export function notOnWindows(reason: Reason) {
  return process.platform === 'win32' ? skipped(reason) : {};
}

/** The options of a group of tests of the Linux keyrings. */
export function ofLinuxKeyrings() {
  return process.platform === 'linux' ? {} : skipped('keyrings');
}

/** Like {@link notOnWindows}, for a test that cannot pass for root either. */
export function notOnWindowsNorAsRoot(reason: Reason) {
  return process.getuid?.() === 0 ? { skip: true } : notOnWindows(reason);
}

function skipped(reason: Reason) {
  return { skip: true, meta: { reason: windowsReasons[reason] } };
}
