import keytar from 'keytar';
import {
  type KeychainEntries,
  removeEntries,
  writeEntries,
} from '../../src-main/adapters/keychain/keychain-entries.ts';
import { processArguments, say } from './own-process.ts';

/** Writes or removes a value in the keychain, and is killed before one of its changes there: `SERVICE NAME CHANGES VALUE`. */
const [service = '', name = '', changes = '', value = ''] = processArguments();
let left = Number(changes);
const change = <T>(make: () => Promise<T>): Promise<T> => {
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  left -= 1;
  return make();
};
const entries: KeychainEntries = {
  getPassword: (account) => keytar.getPassword(service, account),
  setPassword: (account, password) => change(() => keytar.setPassword(service, account, password)),
  deletePassword: (account) => change(() => keytar.deletePassword(service, account)),
};
await (value === '' ? removeEntries(entries, name) : writeEntries(entries, name, value));
say('done');
