import { entryFields } from '../adapters/disk/structured-log.ts';
import { ElectronStoreDocuments } from '../adapters/disk/electron-store-documents.ts';
import { JsonlLineFile } from '../adapters/disk/jsonl-line-file.ts';
import { type MachineFolder, MachineLicenseMarkers } from '../adapters/disk/machine-license-marker.ts';
import { osUserName } from '../adapters/computer/os-account.ts';
import type { Changes } from '../changes.ts';
import { historyGenerationBytes, HistoryLog } from '../history/history-log.ts';
import { MachineLicense } from '../license/machine-license.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** Gets each file that could not be written or read. */
interface Reports {
  readonly log: Log;
  readonly notices: ConsoleNotices;
}

/** The settings and the other documents in the folder of the console. */
export function composeDocuments(folder: string, clock: Clock, { log, notices }: Reports): ElectronStoreDocuments {
  return new ElectronStoreDocuments(folder, () => clock.wallNow(), {
    onNotWritten: (name, reason) => {
      log.warn('files', 'not_written', { ...entryFields(name), reason });
      notices.note('settings_not_written');
    },
    onSetAside: (name, keptAs) => {
      log.warn('files', 'set_aside', entryFields(name));
      if (name.startsWith('authorization-server.')) notices.note('server_details_unreadable', { keptAs });
    },
    onInUse: (inUse) => {
      log.warn('files', inUse ? 'in_use' : 'released');
      if (inUse) notices.note('settings_in_use');
      else notices.dismiss('settings_in_use');
    },
  });
}

/** The history of each server, in files in the folder of the console. The first entry creates a file. */
export function composeHistory(
  folder: string,
  trustedTime: TrustedTime,
  changes: Changes,
  { log, notices }: Reports,
): HistoryLog {
  const onNotWritten = (name: string, reason: string): void => {
    log.warn('files', 'not_written', { ...entryFields(name), reason });
    notices.note('history_not_written');
  };
  return new HistoryLog({
    open: (name) => new JsonlLineFile(folder, name, historyGenerationBytes, (reason) => onNotWritten(name, reason)),
    trustedTime,
    onAppended: changes.notify,
  });
}

/** The licenses of this computer's accounts, in the folder that they share. A notice says that the others' cannot be read. */
export function composeMachineLicense(
  folder: MachineFolder | null,
  changes: Changes,
  { log, notices }: Reports,
): MachineLicense {
  const markers = folder === null ? null : new MachineLicenseMarkers(folder, osUserName());
  return new MachineLicense(markers, changes.notify, (isUnread) => {
    if (!isUnread) return notices.dismiss('other_accounts_unread');
    log.warn('files', 'other_accounts_unread');
    notices.note('other_accounts_unread');
  });
}
