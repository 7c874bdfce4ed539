import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { OwnComputer } from '../../ports/own-computer.ts';

/** How long `reg.exe` or `ioreg` may take to answer. */
const longestMs = 5_000;

/**
 * Identifies this computer by the ID that the system keeps: machine-id(5) on Linux, `MachineGuid` on Windows (both made at the
 * system's installation), `IOPlatformUUID` on macOS. As machine-id(5) demands, callers get only a digest of the ID.
 */
export function ownComputer(platform: NodeJS.Platform = process.platform): OwnComputer {
  let asked: ReturnType<OwnComputer> | undefined;
  return () => {
    asked ??= systemId(platform).then((id) => (id ? { id: digest(id), name: hostname() } : null));
    return asked;
  };
}

function digest(id: string): string {
  return createHash('sha256').update(`fusion-license-console ${id}`).digest('hex').slice(0, 32);
}

async function systemId(platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === 'win32') {
    const reg = `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
    const said = await run(reg, [
      'query',
      String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`,
      '/v',
      'MachineGuid',
      '/reg:64',
    ]);
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(said)?.[1];
  }
  if (platform === 'darwin') {
    const said = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return /"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(said)?.[1];
  }
  return (await readFile('/etc/machine-id', 'utf8').catch(() => '')).trim() || undefined;
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: longestMs, windowsHide: true }, (error, stdout) => resolve(error ? '' : stdout));
  });
}
