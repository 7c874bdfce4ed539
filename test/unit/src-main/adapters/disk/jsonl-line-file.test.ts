import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JsonlLineFile } from '../../../../../src-main/adapters/disk/jsonl-line-file.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

const generationBytes = 1000;
let folder: string;
let current: string;
let previous: string;
let notWritten: number;
let file: JsonlLineFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'line-file-'));
  current = join(folder, 'history.p1.jsonl');
  previous = join(folder, 'history.p1.previous.jsonl');
  notWritten = 0;
  file = openFile();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openFile(): JsonlLineFile {
  return new JsonlLineFile(folder, 'history.p1', generationBytes, () => {
    notWritten += 1;
  });
}

const keptLines = () => openFile().read().lines;

describe('lines of a file', () => {
  it('are there for the next reader, in their order', () => {
    expect(file.read()).toEqual({ readable: true, lines: [] });
    expect(file.append('one')).toBe(true);
    expect(file.append('zwölf ✓')).toBe(true);
    expect(keptLines()).toEqual(['one', 'zwölf ✓']);
    expect(readFileSync(current, 'utf8')).toBe('one\nzwölf ✓\n');
    expect(notWritten).toBe(0);
  });

  it('are deleted in both files; a folder of that name stays', () => {
    while (!existsSync(previous)) file.append('x'.repeat(100));
    file.append('one more');
    expect(file.remove()).toBe(true);
    expect([existsSync(current), existsSync(previous), keptLines().length]).toEqual([false, false, 0]);
    expect(file.remove()).toBe(true);
    mkdirSync(current);
    expect(file.remove()).toBe(false);
    expect(existsSync(current)).toBe(true);
  });

  it('stay one line each, also with line breaks in them', () => {
    file.append('one\r\ntwo\nthree');
    expect(keptLines()).toEqual(['one two three']);
  });

  it('can be read only by this account', notOnWindows('modeBits'), () => {
    file.append('one');
    expect(statSync(current).mode & 0o077).toBe(0);
  });
});

describe('a last line that was cut off', () => {
  it('does not damage the next line, at whichever byte it was cut off', () => {
    const whole = Buffer.from('first\n{"a":"zwölf"}\n');
    for (let length = 0; length <= whole.length; length += 1) {
      writeFileSync(current, whole);
      truncateSync(current, length);
      const before = keptLines();
      expect(openFile().append('next')).toBe(true);
      expect(keptLines()).toEqual([...before, 'next']);
    }
  });

  it('stays in the file', () => {
    writeFileSync(current, 'first\n{"vers');
    file.append('next');
    expect(readFileSync(current, 'utf8')).toBe('first\n{"vers\nnext\n');
  });

  it('may consist of NUL bytes, as after a power failure', () => {
    writeFileSync(current, `first\n${'\0'.repeat(50)}`);
    file.append('next');
    expect(keptLines()).toEqual(['first', '\0'.repeat(50), 'next']);
  });
});

describe('the size limits of a line file', () => {
  it('2,000 lines take at most two generations, and always keep more than one of the newest', () => {
    for (let count = 0; count < 2000; count += 1) {
      expect(file.append(`line ${count}`)).toBe(true);
      expect(statSync(current).size).toBeLessThanOrEqual(generationBytes);
      if (existsSync(previous)) expect(statSync(previous).size).toBeLessThanOrEqual(generationBytes);
    }
    const lines = keptLines();
    const oldest = 2000 - lines.length;
    expect(lines).toEqual(lines.map((_line, index) => `line ${oldest + index}`));
    expect(lines.join('\n').length).toBeGreaterThan(generationBytes - 20);
  });

  it('a file may double if the older one cannot be replaced, then a failure is reported, and no kept line is lost', () => {
    mkdirSync(join(previous, 'in the way'), { recursive: true });
    const taken = Array.from({ length: 400 }, (_line, count) => `line ${count}`).filter((line) => file.append(line));
    expect(taken.length).toBeGreaterThan(150);
    expect(taken.length).toBeLessThan(400);
    expect(statSync(current).size).toBeLessThanOrEqual(2 * generationBytes);
    expect(notWritten).toBe(1);
    expect(file.read()).toEqual({ readable: false, lines: taken });
    rmSync(previous, { recursive: true });
    expect(file.append('next')).toBe(true);
    expect(keptLines()).toEqual([...taken, 'next']);
  });

  it('a file that is too long is read from its end', () => {
    writeFileSync(current, `${'x'.repeat(5000)}\n${'y'.repeat(1500)}\nlast\n`);
    expect(file.read()).toEqual({ readable: true, lines: ['y'.repeat(1500), 'last'] });
  });

  it('bytes that are not text affect only their own line', () => {
    appendFileSync(current, Buffer.from([0xff, 0xfe, 0x80, 10]));
    file.append('next');
    expect(keptLines()).toHaveLength(2);
    expect(keptLines()[1]).toBe('next');
  });
});

describe('a write failure', () => {
  it('is reported once, not thrown, and once again after a successful write', () => {
    mkdirSync(current);
    expect(file.append('one')).toBe(false);
    expect(file.append('two')).toBe(false);
    expect(file.read().readable).toBe(false);
    expect(notWritten).toBe(1);
    rmdirSync(current);
    expect(file.append('three')).toBe(true);
    expect(notWritten).toBe(1);
    rmSync(current);
    mkdirSync(current);
    expect(file.append('four')).toBe(false);
    expect(notWritten).toBe(2);
  });

  it('is reported if the folder is gone', () => {
    rmSync(folder, { recursive: true });
    expect(file.append('one')).toBe(false);
    expect(file.read()).toEqual({ readable: true, lines: [] });
    expect(notWritten).toBe(1);
  });

  it('is reported once on a full disk', { skip: !existsSync('/dev/full'), ...notOnWindows('links') }, () => {
    symlinkSync('/dev/full', current);
    expect(file.append('one')).toBe(false);
    expect(file.append('two')).toBe(false);
    expect(notWritten).toBe(1);
  });
});
