declare module 'vitest' {
  interface TaskMeta {
    /** Why the test is skipped; `npm run test:windows` prints it. */
    reason?: string;
  }
}

/** Why a test cannot pass on Windows or cannot be tried there. */
const windowsReasons = {
  modeBits: 'Windows has access lists instead of mode bits',
  ownFile: 'a file that the account can write is refused there, and every account in Wine can write',
  socketFile: 'a Windows pipe is not a file: it leaves nothing behind, and nothing can take its place',
  links: 'on Windows, not every account can create links, devices and pipes as files',
  longNames: 'on Windows, a name that is too long counts as missing',
  keyrings: 'the Linux keyrings exist only on Linux',
  linuxOnly: 'what it tests exists only on Linux and macOS',
  sourceLoader:
    'it starts a TypeScript source with a program for Linux; test/windows/ has its own test where Windows differs',
  buildTools: 'it builds with programs for Linux; the console is built there',
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
