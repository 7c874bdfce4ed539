import { describe, expect, it } from 'vitest';
import { run } from './run.mjs';

const onLinuxAndMac = it.skipIf(process.platform === 'win32');

describe('a command with a limit', () => {
  onLinuxAndMac(
    'is ended together with what it started and what holds on to its thread',
    async () => {
      // The output ends only when the child process has ended too.
      const spinning = 'process.stdout.write("spins"); for (;;);';
      const starting = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(spinning)}], { stdio: 'inherit' })`;
      const ran = await run(process.execPath, ['-e', starting], { capture: true, quiet: true, limitSeconds: 4 });
      expect(ran).toEqual({ code: 128, output: 'spins' });
    },
    60_000,
  );

  it('can end on its own within the limit', async () => {
    const ran = await run(process.execPath, ['-e', 'console.log("done"); process.exitCode = 3'], {
      capture: true,
      limitSeconds: 60,
    });
    expect(ran).toEqual({ code: 3, output: 'done\n' });
  });
});
