import { benchStart } from './start.ts';

const [name = 'start', runsText = '7'] = process.argv.slice(2);
const electron = process.env['FLC_ELECTRON'];
const runs = Number(runsText);

if (!electron) throw new Error('No Electron: run this by "npm run bench -- start".');
if (name !== 'start' || !Number.isInteger(runs) || runs < 1) {
  console.error('Usage: npm run bench -- start [runs]    (7 runs unless told otherwise)');
  process.exit(2);
}
await benchStart(electron, runs);
