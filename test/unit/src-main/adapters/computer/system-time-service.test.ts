import { describe, expect, it } from 'vitest';
import {
  type Ended,
  type RunCommand,
  systemTimeService,
} from '../../../../../src-main/adapters/computer/system-time-service.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';

/** Answers the commands in this order, and records them. */
function running(...answers: readonly Ended[]) {
  const ran: string[] = [];
  const run: RunCommand = async ([program, ...args]) => {
    ran.push([program.split('\\').at(-1), ...args].join(' '));
    return answers[ran.length - 1] ?? { code: 0, output: '' };
  };
  return { ran, run };
}

async function start(platform: NodeJS.Platform, ...answers: readonly Ended[]): Promise<string> {
  const started = await systemTimeService(new MemoryLog(), platform, running(...answers).run)?.start();
  return started?.ok ? 'started' : (started?.failure.code ?? 'unknown system');
}

describe("the system's time service", () => {
  it.each<[NodeJS.Platform, readonly string[], string]>([
    ['linux', ['timedatectl set-ntp true'], 'sudo timedatectl set-ntp true'],
    ['win32', ['sc.exe start w32time', 'w32tm.exe /resync /nowait'], 'net start w32time & w32tm /resync'],
    ['darwin', ['/usr/sbin/systemsetup -setusingnetworktime on'], 'sudo systemsetup -setusingnetworktime on'],
  ])('is started on %s, and no time is set', async (platform, commands, command) => {
    const { ran, run } = running();
    const service = systemTimeService(new MemoryLog(), platform, run);
    expect(await service?.start()).toMatchObject({ ok: true });
    expect(ran).toEqual(commands);
    expect(service?.command).toBe(command);
  });

  it.each<[string, NodeJS.Platform, Ended]>([
    [
      'polkit has nobody to ask',
      'linux',
      { code: 1, output: 'Failed to set ntp: Interactive authentication required.' },
    ],
    ['polkit refuses', 'linux', { code: 1, output: 'Failed to set ntp: Access denied' }],
    ['the account may not start a service', 'win32', { code: 5, output: '[SC] StartService: OpenService FAILED 5' }],
    [
      'the account is no administrator',
      'darwin',
      { code: 0, output: 'You need administrator access to run this tool' },
    ],
  ])('is refused if %s', async (_why, platform, ended) => {
    expect(await start(platform, ended)).toBe('time_service_refused');
  });

  it('is refused if the account may not ask it for the time', async () => {
    const refused = { code: -2147024891, output: 'The following error occurred: Access is denied. (0x80070005)' };
    expect(await start('win32', { code: 0, output: '' }, refused)).toBe('time_service_refused');
  });

  it.each<[string, NodeJS.Platform, Ended]>([
    ['the program is missing', 'linux', { code: null, output: '' }],
    ['there is no such service', 'linux', { code: 1, output: 'Failed to set ntp: NTP not supported' }],
    ['an administrator has disabled it', 'win32', { code: 1058, output: '[SC] StartService FAILED 1058' }],
  ])('is not started if %s', async (_why, platform, ended) => {
    expect(await start(platform, ended)).toBe('time_service_not_started');
  });

  it('that already runs is asked to set the time', async () => {
    expect(await start('win32', { code: 1056, output: '[SC] StartService FAILED 1056' })).toBe('started');
  });

  it('is reported as unknown on other systems', async () => {
    expect(await start('freebsd')).toBe('unknown system');
  });
});
