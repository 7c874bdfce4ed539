import { openSync } from 'node:fs';
import { processArguments, say } from './own-process.ts';

/** Keeps a file open until it is killed, as a scanner, a backup or an editor may. */
const [path = ''] = processArguments();
openSync(path, 'r');
say('holds');
setInterval(() => {}, 1_000_000);
