import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blindLooks } from './absent-files.ts';

const folder = join(import.meta.dirname, '../../../src-main');

/** The functions that do not check whether an error means an absent file, and what happens if the file cannot be read. */
const known: Readonly<Record<string, string>> = {
  'adapters/command-channel/command-channel-file.ts readChannelFile':
    'the caller finds no console and names the file that cannot be read; only the runtime exposes its location',
  'adapters/disk/file-log.ts isLogFile': 'nothing is logged',
  'adapters/disk/jsonl-line-file.ts isRemoved': 'the next start tries again to delete it',
  'adapters/disk/jsonl-line-file.ts readTail': 'a message says that the history cannot be read',
  'adapters/disk/lock-holder.ts lockHolder': 'only chooses words and a line of the log',
  'adapters/disk/lock-obstacle.ts isFileOrFolder': 'only chooses words; nothing is written or removed',
  'adapters/disk/own-rights.ts narrowWithin': 'the file keeps its rights, in a folder that other accounts cannot open',
  'adapters/command-channel/process-terminal.ts read': 'the command fails and names the file',
  'adapters/disk/session-folder.ts isWritable': 'the folder is tested by writing a file',
  'adapters/desktop/system-login-item.ts otherProgram':
    'the checks say nothing about the program that starts at sign-in',
  'adapters/desktop/system-login-item.ts autostartEntry': 'the start at sign-in stays off, and a message says so',
  'adapters/network/proxy-script.ts readIfPossible': 'the checks say nothing about the proxy script',
  'files/file-trouble.ts isNothingAt': 'it counts as something',
  'files/replace-file.ts isFolder': 'replacing it fails, and a message says so',
  'local-api/api-address.ts isAddressWritten': 'the console writes its address again',
  'local-api/api-address.ts removeAddressFile': 'it stays',
  'desktop/window/console-scheme.ts answer': 'the page is answered with 404',
};

describe('a file that cannot be read does not count as absent', () => {
  it('in any function, except those listed here with the consequence', () => {
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const found = sources.flatMap((path) =>
      blindLooks(readFileSync(join(folder, path), 'utf8')).map((name) => `${path.replaceAll('\\', '/')} ${name}`),
    );
    expect(found.toSorted()).toEqual(Object.keys(known).toSorted());
  });

  it.each([
    ['export function kept(path: string): boolean {\n  return existsSync(path);\n}', ['kept']],
    [
      'function read(path: string) {\n  try {\n    return readFileSync(path);\n  } catch {\n    return null;\n  }\n}',
      ['read'],
    ],
    [
      'class Kept {\n  #read(): string {\n    try {\n      if (this.a) {}\n      return statSync(a);\n    } catch {\n      return null;\n    }\n  }\n}',
      ['#read'],
    ],
    [
      'function read() {\n  try {\n    return statSync(a);\n  } catch (thrown) {\n    return isAbsent(thrown);\n  }\n}',
      [],
    ],
    ['function read() {\n  try {\n    return JSON.parse(a);\n  } catch {\n    return null;\n  }\n}', []],
  ])('the check for this finds the right functions in %j', (text, names) => {
    expect(blindLooks(text)).toEqual(names);
  });
});
