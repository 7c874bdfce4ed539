import { describe, expect, it } from 'vitest';
import { BoardMarks } from '../../../../src-main/board/board-marks.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';

const own = { kind: 'own', id: 'p1' } as const;
const reported = { kind: 'reported', id: 'p1' } as const;

describe('the notes and archive marks of servers', () => {
  it('survive a restart, and are separate for a server of this console and a reporting server with the same ID', () => {
    const documents = new MemoryDocuments();
    const marks = new BoardMarks(documents);
    expect(marks.of(own)).toEqual({});
    marks.note(own, 'Rack in the office');
    marks.archive(own, true);
    marks.note(reported, 'Laptop 2');
    const again = new BoardMarks(documents);
    expect(again.of(own)).toEqual({ note: 'Rack in the office', archived: true });
    expect(again.of(reported)).toEqual({ note: 'Laptop 2' });
  });

  it('are cleaned and cut like other texts, and an empty note is deleted', () => {
    const documents = new MemoryDocuments();
    const marks = new BoardMarks(documents);
    marks.note(own, '  Key\u202E at\n the\u0007 desk ');
    expect(marks.of(own)).toEqual({ note: 'Key at the desk' });
    marks.note(own, 'x'.repeat(600));
    expect(marks.of(own).note).toHaveLength(500);
    marks.note(own, ' \u200B ');
    expect(marks.of(own)).toEqual({});
    expect(documents.files.get('board')).not.toContain('own.p1');
  });

  it('are deleted with the server, and stay if the disk is full', () => {
    const documents = new MemoryDocuments();
    const marks = new BoardMarks(documents);
    marks.note(own, 'Rack');
    documents.writable = false;
    expect(marks.forget(own).ok).toBe(false);
    expect(marks.archive(own, true).ok).toBe(false);
    expect(marks.of(own)).toEqual({ note: 'Rack' });
    documents.writable = true;
    expect(marks.forget(own).ok).toBe(true);
    expect(marks.of(own)).toEqual({});
    expect(marks.forget(own).ok).toBe(true);
  });

  it('are deleted when a reporting server is dropped from the list; those of this console stay', () => {
    const documents = new MemoryDocuments();
    const marks = new BoardMarks(documents);
    for (const id of ['r-1', 'r-2', 'r-3']) marks.note({ kind: 'reported', id }, `Note ${id}`);
    marks.archive(own, true);
    documents.writable = false;
    expect(marks.keepReported(new Set(['r-2'])).ok).toBe(false);
    expect(marks.of({ kind: 'reported', id: 'r-1' })).toEqual({ note: 'Note r-1' });
    documents.writable = true;
    expect(marks.keepReported(new Set(['r-2'])).ok).toBe(true);
    expect(JSON.parse(documents.files.get('board') ?? '')).toEqual({
      version: 1,
      rows: { 'reported.r-2': { note: 'Note r-2' }, 'own.p1': { archived: true } },
    });
    expect(marks.keepReported(new Set(['r-2'])).ok).toBe(true);
  });
});
