import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InstallerSaver, pauseMs } from '../../../../src-renderer/handover/installer-saver.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import { settled } from '../../../fakes/until.ts';

let calls: string[];
let answer: Result<null>;
let saver: InstallerSaver;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  calls = [];
  answer = succeed(null);
  saver = new InstallerSaver(async (installedBy) => {
    calls.push(installedBy);
    return answer;
  });
});

afterEach(() => {
  vi.useRealTimers();
});

function save(name: string): void {
  saver.typed(name);
  saver.saveNow();
}

describe('the name of the installer', () => {
  it('is saved once when nothing is typed for a moment', () => {
    saver.wasRead('Ann');
    saver.typed('B');
    vi.advanceTimersByTime(pauseMs - 1);
    saver.typed('Bob');
    vi.advanceTimersByTime(pauseMs - 1);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['Bob']);
  });

  it('is saved at once when the field, the page or the window is left, and then not again', () => {
    saver.wasRead('Ann');
    saver.saveNow();
    expect(calls).toEqual([]);
    save('Bob');
    expect(calls).toEqual(['Bob']);
    vi.advanceTimersByTime(pauseMs);
    saver.saveNow();
    expect(calls).toEqual(['Bob']);
  });

  it('is saved each time that it differs from the previous one, even if it returns to the first', () => {
    saver.wasRead('Ann');
    save('Bob');
    save('Ann');
    expect(calls).toEqual(['Bob', 'Ann']);
  });

  it('is saved without spaces around it', () => {
    saver.wasRead('Ann');
    save(' Ann ');
    save(' Bob ');
    expect(calls).toEqual(['Bob']);
  });

  it('can be removed', () => {
    saver.wasRead('Ann');
    save('');
    expect(calls).toEqual(['']);
  });

  it('is saved if it was typed before the saved one was read, which then no longer counts', () => {
    save('Bob');
    saver.wasRead('Ann');
    save('Bob');
    save('Ann');
    expect(calls).toEqual(['Bob', 'Ann']);
  });

  it('is tried again after a failure', async () => {
    saver.wasRead('Ann');
    answer = fail('settings_not_written');
    save('Bob');
    await settled();
    answer = succeed(null);
    saver.saveNow();
    await settled();
    saver.saveNow();
    expect(calls).toEqual(['Bob', 'Bob']);
  });
});
