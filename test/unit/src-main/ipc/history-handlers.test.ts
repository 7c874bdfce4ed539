import { describe, expect, it } from 'vitest';
import { HistoryLog } from '../../../../src-main/history/history-log.ts';
import { historyHandlers } from '../../../../src-main/ipc/history-handlers.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import type { ExportedFile, FileExport } from '../../../../src-main/ports/file-export.ts';
import type { ExportOutcome } from '../../../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { MemoryLineFile } from '../../../fakes/memory-line-file.ts';

/** A person who answers every save dialog in the same way. */
class AnsweredExport implements FileExport {
  readonly files: ExportedFile[] = [];
  outcome: Result<ExportOutcome> = succeed({ state: 'saved', fileName: 'history.csv', folder: '/documents' });

  async save(file: ExportedFile): Promise<Result<ExportOutcome>> {
    this.files.push(file);
    return this.outcome;
  }

  async showSaved(): Promise<Result<null>> {
    return succeed(null);
  }
}

function setUp(shown: typeof profile | null = profile) {
  const clock = new FakeClock();
  const file = new MemoryLineFile();
  const history = new HistoryLog({ open: () => file, trustedTime: new TrustedTime(clock), onAppended: () => {} });
  const fileExport = new AnsweredExport();
  const handlers = historyHandlers({ history, fileExport, profile: () => shown, servers: { shown: null } });
  return { clock, file, history, fileExport, handlers };
}

describe('history.read', () => {
  it('returns the history of the shown server, up to now', async () => {
    const { clock, history, handlers } = setUp();
    history.append(profile.id, { kind: 'removed', revoked: true });
    history.append(profile.id, { kind: 'settings_changed', settings: ['issuer'] });
    const read = await handlers['history.read'](undefined);
    expect(read.ok && read.value.rows.map(({ event }) => event.kind)).toEqual(['settings_changed', 'removed']);
    expect(read.ok && read.value.timeline.to).toBe(clock.realAt);
  });

  it('fails with profile_incomplete if no server is shown', async () => {
    const { handlers } = setUp(null);
    expect(await handlers['history.read'](undefined)).toMatchObject({ failure: { code: 'profile_incomplete' } });
    expect(await handlers['history.export'](undefined)).toMatchObject({ failure: { code: 'profile_incomplete' } });
  });

  it('fails with history_unreadable if the disk returns nothing, and never returns an empty history', async () => {
    const { file, fileExport, handlers } = setUp();
    file.withheld = true;
    expect(await handlers['history.read'](undefined)).toMatchObject({ failure: { code: 'history_unreadable' } });
    expect(await handlers['history.export'](undefined)).toMatchObject({ failure: { code: 'history_unreadable' } });
    expect(fileExport.files).toEqual([]);
  });

  it('returns a partial history marked as incomplete, and the export of it fails', async () => {
    const { file, history, handlers } = setUp();
    file.withheld = true;
    file.full = true;
    history.append(profile.id, { kind: 'removed', revoked: true });
    const read = await handlers['history.read'](undefined);
    expect(read.ok && read.value).toMatchObject({ incomplete: true, rows: [{ times: 1 }] });
    expect(await handlers['history.export'](undefined)).toMatchObject({ failure: { code: 'history_unreadable' } });
  });
});

describe('history.export', () => {
  it('offers a file with all rows, named after the server and the day', async () => {
    const { history, fileExport, handlers } = setUp();
    for (let count = 0; count < 1200; count += 1) history.append(profile.id, { kind: 'removed', revoked: true });
    expect(await handlers['history.export'](undefined)).toEqual(
      succeed({ state: 'saved', fileName: 'history.csv', folder: '/documents' }),
    );
    const [file] = fileExport.files;
    expect(file?.suggestedName).toBe(`License history ${profile.serverName} 2026-03-10.csv`);
    expect(String(file?.content).split('\r\n')).toHaveLength(1202);
  });

  it.each([
    ['cancelled', succeed<ExportOutcome>({ state: 'cancelled' })],
    ['not written', fail('export_not_written')],
  ])('returns the outcome of the dialog: %s', async (_name, outcome) => {
    const { fileExport, handlers } = setUp();
    fileExport.outcome = outcome;
    expect(await handlers['history.export'](undefined)).toEqual(outcome);
  });
});
