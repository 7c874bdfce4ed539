import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { OwnComputer } from '../../ports/own-computer.ts';
import { programOutput, registryValues } from './program-output.ts';

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
    const key = String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`;
    const output = await registryValues(key, '/v', 'MachineGuid', '/reg:64');
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(output)?.[1];
  }
  if (platform === 'darwin') {
    const output = await programOutput('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return /"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(output)?.[1];
  }
  return (await readFile('/etc/machine-id', 'utf8').catch(() => '')).trim() || undefined;
}
