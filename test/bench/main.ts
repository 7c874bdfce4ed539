import { benchBoard } from './board.ts';
import { benchFloods } from './floods.ts';
import { benchPeers } from './peers.ts';
import { peersUsage, readPeersOptions } from './peers/peers-options.ts';
import { benchStart } from './start.ts';

const [name = 'start', ...args] = process.argv.slice(2);
const electron = process.env['FLC_ELECTRON'];
if (!electron) throw new Error('No Electron: run this by "npm run bench -- start".');

const runs = Number(args[0] ?? '7');
const peersOptions = readPeersOptions(args);
if (name === 'start' && Number.isInteger(runs) && runs >= 1) await benchStart(electron, runs, args[1]);
else if (name === 'board' && Number.isInteger(runs) && runs >= 1) await benchBoard(electron, runs);
else if (name === 'floods' && Number(args[0] ?? '10') > 0) await benchFloods(electron, Number(args[0] ?? '10'));
else if (name === 'peers' && peersOptions) await benchPeers(electron, peersOptions);
else {
  console.error(
    `Usage: npm run bench -- start [runs [other checkout, built]]    (7 runs by default)\n       npm run bench -- floods [seconds]    (10 by default)\n       npm run bench -- board [runs]    (7 by default)\n       ${peersUsage}`,
  );
  process.exit(2);
}
