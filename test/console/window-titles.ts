import { spawnSync } from 'node:child_process';

/** The titles of all windows on the display. Tries again if a window closes in the meantime. */
export function windowTitles(): readonly string[] {
  const look = () => spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' });
  let { status, stdout: tree } = look();
  for (let again = 0; status !== 0 && again < 20; again += 1) ({ status, stdout: tree } = look());
  if (status !== 0) throw new Error('xwininfo cannot look through the windows');
  return [...tree.matchAll(/0x[0-9a-f]+ "([^"]*)":/g)].map(([, title = '']) => title);
}
