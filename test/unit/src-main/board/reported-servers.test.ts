import { describe, expect, it } from 'vitest';
import { ReportedServers } from '../../../../src-main/board/reported-servers.ts';
import type { ReportedServer } from '../../../../src-shared/servers/board.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';

const store: ReportedServer = {
  id: 'r-1',
  name: 'Store 031',
  edition: 'store',
  state: 'awaiting_authorization',
  userCode: 'WDJB-MJHT',
  reportedAt: 1_000,
};
const file = 'reported-servers';

describe('the servers that only reported', () => {
  it('survive a restart with the last report of each, but without the User Code', () => {
    const documents = new MemoryDocuments();
    const reported = new ReportedServers(documents);
    expect(reported.report({ ...store, reportedAt: 500 }).ok).toBe(true);
    reported.report(store);
    reported.report({ ...store, id: 'r-2', name: 'Store 032' });
    expect(reported.all().map(({ name, userCode }) => [name, userCode])).toEqual([
      ['Store 031', 'WDJB-MJHT'],
      ['Store 032', 'WDJB-MJHT'],
    ]);
    expect(documents.files.get(file)).not.toContain('WDJB');
    const { userCode: _, ...kept } = store;
    expect(new ReportedServers(documents).all()).toEqual([kept, { ...kept, id: 'r-2', name: 'Store 032' }]);
  });

  it('lose the User Code with the report that no longer has one', () => {
    const reported = new ReportedServers(new MemoryDocuments());
    reported.report(store);
    const { userCode: _, ...licensed } = { ...store, state: 'licensed' as const };
    reported.report(licensed);
    expect(reported.all()).toEqual([licensed]);
  });

  it('can be forgotten one by one', () => {
    const documents = new MemoryDocuments();
    const reported = new ReportedServers(documents);
    reported.report(store);
    reported.report({ ...store, id: 'r-2' });
    expect(reported.forget('r-1').ok).toBe(true);
    expect(reported.all().map(({ id }) => id)).toEqual(['r-2']);
    expect(documents.files.get(file)).not.toContain('r-1');
  });

  it('are at most 1000: the one with the oldest report is dropped first', () => {
    const { userCode: _, ...kept } = store;
    const row = (nth: number) => ({ ...kept, id: `r-${nth}`, reportedAt: nth === 500 ? 1 : 1_000 + nth });
    const rows = Object.fromEntries(Array.from({ length: 1000 }, (_row, nth) => [`r-${nth}`, row(nth)]));
    const documents = new MemoryDocuments(new Map([[file, JSON.stringify({ version: 1, rows })]]));
    const reported = new ReportedServers(documents);
    const ids = () => new Set(reported.all().map(({ id }) => id));
    reported.report({ ...row(7), name: 'Other' });
    expect(ids().has('r-500')).toBe(true);
    documents.writable = false;
    expect(reported.report(row(2000)).ok).toBe(false);
    expect(ids().has('r-500')).toBe(true);
    documents.writable = true;
    reported.report(row(2000));
    reported.report(row(2001));
    expect(ids().size).toBe(1000);
    expect(['r-500', 'r-0', 'r-1', 'r-2000', 'r-2001'].map((id) => ids().has(id))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(documents.files.get(file)).not.toContain('"r-500"');
  });

  it('stay as they were if the disk is full', () => {
    const documents = new MemoryDocuments();
    const reported = new ReportedServers(documents);
    reported.report(store);
    documents.writable = false;
    expect(reported.report({ ...store, name: 'Other', userCode: 'KXQR-PLMN' }).ok).toBe(false);
    expect(reported.forget('r-1').ok).toBe(false);
    expect(reported.all()).toEqual([store]);
  });

  it.each(['', '[]', '{"version":2,"rows":{}}', '{"version":1,"rows":7}', 'null', '{"version":1}'])(
    'are none if the document is damaged, which is then set aside: %s',
    (content) => {
      const documents = new MemoryDocuments(new Map([[file, content]]));
      const reported = new ReportedServers(documents);
      expect(reported.all()).toEqual([]);
      expect(documents.setAsideNames).toEqual([file]);
      expect(reported.report(store).ok).toBe(true);
    },
  );

  it('are none without a document, and nothing is set aside or written', () => {
    const documents = new MemoryDocuments();
    expect(new ReportedServers(documents).all()).toEqual([]);
    expect(documents.setAsideNames).toEqual([]);
    expect(documents.files.size).toBe(0);
  });

  it('leave out an unusable row, keep the others, and keep a copy of the whole file', () => {
    const { userCode: _, ...good } = store;
    const bad = [
      { ...good, id: 'r-2', edition: 'kiosk' },
      { ...good, id: 'r-3', name: '' },
      { ...good, id: '../r-4' },
      { ...good, id: '__proto__' },
      { ...good, id: 'r-5', reportedAt: 'yesterday' },
      { ...good, id: 'r-6', failureCode: '<b>' },
      null,
    ];
    const rows = Object.fromEntries([good, ...bad].map((row, index) => [row?.id ?? `${index}`, row]));
    const documents = new MemoryDocuments(new Map([[file, JSON.stringify({ version: 1, rows })]]));
    expect(new ReportedServers(documents).all()).toEqual([good]);
    expect(documents.files.has(`${file}.unreadable`)).toBe(true);
    expect(new ReportedServers(documents).all()).toEqual([good]);
    expect(documents.setAsideNames).toEqual([file]);
  });

  it('can be forgotten even if somebody edited the file so that key and ID differ', () => {
    const { userCode: _, ...kept } = store;
    const documents = new MemoryDocuments(new Map([[file, JSON.stringify({ version: 1, rows: { other: kept } })]]));
    const reported = new ReportedServers(documents);
    expect(reported.all().map(({ id }) => id)).toEqual(['other']);
    reported.forget('other');
    expect(reported.all()).toEqual([]);
  });
});
