declare module 'vitest' {
  interface TaskMeta {
    /** Why the test is skipped; `npm run test:windows` prints it. */
    reason?: string;
  }
}

/** What holds on Windows in another way, or cannot be tried there. */
export const windowsReasons = {
  modeBits: 'Windows has access lists in the place of mode bits',
  socketFile: 'a pipe of Windows is no file: nothing is left of it, and nothing can be put in its place',
  links: 'making links, devices and pipes as files is not for everybody on Windows',
  linuxOnly: 'what is tested exists on Linux and macOS alone',
  sourceLoader:
    'it starts a TypeScript source in a process of its own, and what reads that is a program for Linux; test/windows/ has its like',
  buildTools: 'it builds or packs, with programs for Linux; the console is built there',
  wineNetwork: 'Wine’s network differs there from that of Windows',
  outputPipe: 'Node.js on Wine cannot write into the pipe of its output',
  posixCommand: 'it runs a command that Windows does not have',
} as const;

type Reason = keyof typeof windowsReasons;

/** The options of a test, or of a group of them, that cannot hold on Windows. */
export function notOnWindows(reason: Reason) {
  return process.platform === 'win32' ? skipped(reason) : {};
}

/** The same for one that cannot hold for an account that may do everything either. */
export function notOnWindowsNorAsRoot(reason: Reason) {
  return process.getuid?.() === 0 ? { skip: true } : notOnWindows(reason);
}

function skipped(reason: Reason) {
  return { skip: true, meta: { reason: windowsReasons[reason] } };
}
