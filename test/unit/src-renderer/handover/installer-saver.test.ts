import { beforeEach, describe, expect, it } from 'vitest';
import { InstallerSaver } from '../../../../src-renderer/handover/installer-saver.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';

let calls: string[];
let answer: Result<null>;
let saver: InstallerSaver;

beforeEach(() => {
  calls = [];
  answer = succeed(null);
  saver = new InstallerSaver(async (installedBy) => {
    calls.push(installedBy);
    return answer;
  });
});

describe('the name of the installer', () => {
  it('is saved each time it differs from the last one, even if it returns to the first', async () => {
    saver.wasRead('Ann');
    await saver.save('Bob');
    await saver.save('Ann');
    expect(calls).toEqual(['Bob', 'Ann']);
  });

  it('is saved once, without spaces around it', async () => {
    saver.wasRead('Ann');
    expect(await saver.save(' Ann ')).toBeNull();
    expect(await saver.save(' Bob ')).toEqual(succeed(null));
    expect(await saver.save('Bob')).toBeNull();
    expect(calls).toEqual(['Bob']);
  });

  it('is saved once if the page is left while it is being saved', async () => {
    saver.wasRead('Ann');
    const [first, second] = await Promise.all([saver.save('Bob'), saver.save('Bob')]);
    expect([first, second]).toEqual([succeed(null), null]);
    expect(calls).toEqual(['Bob']);
  });

  it('can be removed', async () => {
    saver.wasRead('Ann');
    await saver.save('');
    expect(calls).toEqual(['']);
  });

  it('is saved if it was typed before the saved one was read, which then no longer counts', async () => {
    await saver.save('Bob');
    saver.wasRead('Ann');
    expect(await saver.save('Bob')).toBeNull();
    await saver.save('Ann');
    expect(calls).toEqual(['Bob', 'Ann']);
  });

  it('is tried again after a failure', async () => {
    saver.wasRead('Ann');
    answer = fail('settings_not_written');
    expect(await saver.save('Bob')).toEqual(fail('settings_not_written'));
    answer = succeed(null);
    expect(await saver.save('Bob')).toEqual(succeed(null));
    expect(calls).toEqual(['Bob', 'Bob']);
  });
});
