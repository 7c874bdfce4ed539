import { unzipSync } from 'fflate/browser';
import { describe, expect, it } from 'vitest';
import { type CollectedFile, linesOf } from '../../../../src-main/diagnostics/collect-diagnostics.ts';
import { Diagnostics, type DiagnosticsDeps } from '../../../../src-main/diagnostics/diagnostics.ts';
import type { DiagnosticsRun } from '../../../../src-main/diagnostics/diagnostics-zip.ts';
import { settled } from '../../../fakes/until.ts';

const fileOf = (name: string, text: string): CollectedFile => ({
  name,
  kind: 'about',
  bytes: new TextEncoder().encode(text),
});
const files = [fileOf('README.txt', 'What each is\n\nabout.txt\n'), fileOf('about.txt', 'Größe: 1\n')];

/** Diagnostics whose collecting a test ends. */
function collecting(changes: Partial<DiagnosticsDeps> = {}) {
  const runs: DiagnosticsRun[] = [];
  const faults: unknown[] = [];
  const ends: ((found: readonly CollectedFile[] | null) => void)[] = [];
  let changed = 0;
  const diagnostics = new Diagnostics({
    collect: (run) => {
      runs.push(run);
      return new Promise((resolve) => void ends.push(resolve));
    },
    now: () => Date.UTC(2026, 10, 29),
    onFault: (thrown) => void faults.push(thrown),
    onChanged: () => {
      changed += 1;
    },
    ...changes,
  });
  return { diagnostics, runs, ends, faults, changes: () => changed };
}

describe('the diagnostics of the window', () => {
  it('show their progress, then their content', async () => {
    const { diagnostics, runs, ends, changes } = collecting();
    expect(diagnostics.view()).toBeNull();
    diagnostics.collect();
    runs[0]?.onProgress?.(3, 9);
    expect(diagnostics.view()).toEqual({ state: 'collecting', done: 3, total: 9 });
    const before = changes();
    ends[0]?.(files);
    await settled();
    expect(changes()).toBeGreaterThan(before);
    expect(diagnostics.view()).toEqual({
      state: 'collected',
      files: [
        { name: 'README.txt', kind: 'about', bytes: 24 },
        { name: 'about.txt', kind: 'about', bytes: 11 },
      ],
    });
  });

  it('save the same bytes that they show', async () => {
    const { diagnostics, ends } = collecting();
    diagnostics.collect();
    ends[0]?.(files);
    await settled();
    const zip = await diagnostics.zip();
    const zipped = unzipSync(zip.ok ? zip.value : new Uint8Array());
    expect(Object.keys(zipped)).toEqual(files.map(({ name }) => name));
    for (const { name } of files) {
      const read = await diagnostics.read(name);
      const shown = read.ok ? read.value.lines : [];
      expect(shown).toEqual(linesOf({ ...fileOf(name, ''), bytes: zipped[name] ?? new Uint8Array() }));
      expect(new TextEncoder().encode(shown.map((line) => `${line}\n`).join(''))).toEqual(zipped[name]);
    }
  });

  it('have nothing to read or save before they are collected, or after their dialog was closed', async () => {
    const { diagnostics, ends } = collecting();
    expect(await diagnostics.zip()).toMatchObject({ failure: { code: 'request_malformed' } });
    diagnostics.collect();
    ends[0]?.(files);
    await settled();
    expect(await diagnostics.read('other.txt')).toMatchObject({ failure: { code: 'request_malformed' } });
    diagnostics.end();
    expect(diagnostics.view()).toBeNull();
    expect(await diagnostics.read('about.txt')).toMatchObject({ ok: false });
    expect(await diagnostics.zip()).toMatchObject({ ok: false });
  });

  it('are collected by one run at a time, and again after the dialog was closed', async () => {
    const { diagnostics, runs, ends } = collecting();
    diagnostics.collect();
    diagnostics.collect();
    expect(runs).toHaveLength(1);
    diagnostics.end();
    expect(runs[0]?.signal?.aborted).toBe(true);
    diagnostics.collect();
    expect(runs).toHaveLength(2);
    runs[0]?.onProgress?.(8, 9);
    ends[0]?.(files);
    await settled();
    expect(diagnostics.view()).toEqual({ state: 'collecting', done: 0, total: 1 });
  });

  it('report a failed collection, and can then be collected again', async () => {
    const thrown = new Error('no module');
    const { diagnostics, faults } = collecting({ collect: () => Promise.reject(thrown) });
    diagnostics.collect();
    await settled();
    expect(diagnostics.view()).toMatchObject({ state: 'failed', failure: { code: 'internal_error' } });
    expect(faults).toEqual([thrown]);
    diagnostics.collect();
    expect(diagnostics.view()).toMatchObject({ state: 'collecting' });
  });
});
