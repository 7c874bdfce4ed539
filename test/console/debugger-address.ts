import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The debugger address of an app started with `--remote-debugging-port=0`. Its later output is read and discarded. */
export function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stderr) return reject(new Error('No stderr to read the address from'));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error('The app ended before its window opened')));
  });
}
