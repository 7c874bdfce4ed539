import { execFile } from 'node:child_process';

/** How long a program of the system may take to answer, in ms. */
const timeoutMs = 5_000;

/** What a program of the system prints. Empty if it fails or takes too long. Never rejects. */
export function programOutput(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: timeoutMs, windowsHide: true }, (error, stdout) => resolve(error ? '' : stdout));
  });
}

/** The values of a key in the registry of Windows, as `reg.exe` prints them. */
export function registryValues(key: string, ...options: readonly string[]): Promise<string> {
  const reg = `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
  return programOutput(reg, ['query', key, ...options]);
}
