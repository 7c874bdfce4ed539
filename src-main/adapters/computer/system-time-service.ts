import { execFile } from 'node:child_process';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { Log } from '../../ports/log.ts';
import type { TimeService } from '../../ports/time-service.ts';

/** Long enough for a person to enter a password when the system asks for it. */
const timeoutMs = 120_000;

/** A program and its arguments. */
type Command = readonly [program: string, ...args: string[]];

/** The outcome of a command. `code` is null if the program is missing or did not end. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}
export type RunCommand = (command: Command) => Promise<Ended>;

interface System {
  /** As a person types it into a terminal. */
  readonly command: string;
  /** Run one after the other until one fails. */
  readonly commands: readonly Command[];
  /** Did the system refuse because this account lacks permission? */
  readonly isRefusal: (ended: Ended) => boolean;
}

/** The hexadecimal numbers and exit codes of Windows are the same in every language; its words are not. */
const accessDenied = 5;
const alreadyRuns = 1056;

const inWindows = (program: string) => `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\${program}`;

const systems: Partial<Record<NodeJS.Platform, System>> = {
  // systemd asks polkit for permission, and polkit asks the person. It works with any time service that systemd knows, such as chrony.
  linux: {
    command: 'sudo timedatectl set-ntp true',
    commands: [['timedatectl', 'set-ntp', 'true']],
    isRefusal: ({ code, output }) =>
      code !== 0 && /authentication|access denied|authorized|permi(ssion|tted)/i.test(output),
  },
  win32: {
    command: 'net start w32time & w32tm /resync',
    commands: [
      [inWindows('sc.exe'), 'start', 'w32time'],
      [inWindows('w32tm.exe'), '/resync', '/nowait'],
    ],
    isRefusal: ({ code, output }) => code === accessDenied || (code !== 0 && /0x80070005/i.test(output)),
  },
  darwin: {
    command: 'sudo systemsetup -setusingnetworktime on',
    commands: [['/usr/sbin/systemsetup', '-setusingnetworktime', 'on']],
    isRefusal: ({ output }) => /administrator/i.test(output),
  },
};

/** Null on a system without a known time service. */
export function systemTimeService(
  log: Log,
  platform: NodeJS.Platform = process.platform,
  run: RunCommand = runCommand,
): TimeService | null {
  const system = systems[platform];
  if (!system) return null;
  return {
    command: system.command,
    async start() {
      const started = await startWith(system, run);
      if (started.ok) log.info('console', 'time_service_started');
      else log.warn('console', 'time_service_not_started', { code: started.failure.code });
      return started;
    },
  };
}

async function startWith({ commands, isRefusal }: System, run: RunCommand): Promise<Result<null>> {
  for (const command of commands) {
    const ended = await run(command);
    // `systemsetup` ends with 0 even when it refuses.
    if (isRefusal(ended)) return fail('time_service_refused');
    if (ended.code !== 0 && ended.code !== alreadyRuns) return fail('time_service_not_started');
  }
  return succeed(null);
}

/** The environment is English, so that the answer of a Linux system can be read. */
function runCommand([program, ...args]: Command): Promise<Ended> {
  const options = { timeout: timeoutMs, windowsHide: true, env: { ...process.env, LC_ALL: 'C' } };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? null : 0;
      resolve({ code, output: `${stdout} ${stderr}` });
    });
  });
}
