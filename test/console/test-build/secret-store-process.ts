/** The keychain process, in which a test can kill the console before and after every change of a keychain entry. */
import keytar from 'keytar';
import '../../../src-main/adapters/keychain/secret-store-process.ts';
import { KillPoints, plain } from './kill-points.ts';

const { FLC_TEST_KILL_FOLDER: folder, FLC_TEST_MAIN_PID: mainPid } = process.env;
if (folder && mainPid) {
  const points = new KillPoints(folder, Number(mainPid));
  const { setPassword, deletePassword } = keytar;
  Object.assign(keytar, {
    setPassword: (service: string, account: string, password: string) =>
      points.aroundAsync(`setting entry ${plain(account)}`, () => setPassword(service, account, password)),
    deletePassword: (service: string, account: string) =>
      points.aroundAsync(`deleting entry ${plain(account)}`, () => deletePassword(service, account)),
  });
}
