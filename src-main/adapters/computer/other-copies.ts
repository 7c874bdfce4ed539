import { open, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OtherCopy } from '../../preflight/preflight-scene.ts';
import type { AccountOf } from './os-account.ts';

/** What distinguishes this console from the others. */
export interface OwnCopy {
  readonly program: string;
  /** The folder of the application, which is an argument. Null if the console is packaged, and thus a program of its own. */
  readonly entry: string | null;
  /** The folder with its settings and licenses. */
  readonly dataFolder: string;
  /** The folder that a console of this account has if its command line names none. */
  readonly usualFolder: string;
  readonly process: number;
  readonly uid: number;
  /** The argument of a command of the terminal. That is no copy: it ends when it is done, or waits for a console. */
  readonly commandMarker: string;
}

/** Linux keeps this many bytes of a program's name (TASK_COMM_LEN). */
const longestName = 15;
/** Chromium's own switches and the folders of a console are shorter together. */
const longestCommandLine = 16 * 1024;

/**
 * The other consoles that run on this computer, in every account: of the same program or of one with the same file name, as another
 * version has. A second start with the same account and data folder is not a copy: it waits for this console, or hands over to it. Null on
 * Windows and macOS, where no cheap question answers it. A system that hides the processes of other accounts shows only those of this
 * account. Never rejects.
 */
export async function otherCopies(
  own: OwnCopy,
  accountOf: AccountOf | null,
  platform: NodeJS.Platform = process.platform,
  folder = '/proc',
): Promise<readonly OtherCopy[] | null> {
  if (platform !== 'linux') return null;
  const names = await readdir(folder).catch(() => null);
  if (!names) return null;
  const found: OtherCopy[] = [];
  // One after the other: a computer with thousands of processes must not take all the files that this one may open.
  for (const id of names.filter((name) => /^\d+$/.test(name) && Number(name) !== own.process)) {
    const copy = await copyOf(join(folder, id), Number(id), own, accountOf);
    if (copy) found.push(copy);
  }
  return found;
}

async function copyOf(
  folder: string,
  id: number,
  own: OwnCopy,
  accountOf: AccountOf | null,
): Promise<OtherCopy | null> {
  // The status comes first: the command line of a process that hangs may take a long time to read.
  const status = await readFile(join(folder, 'status'), 'utf8').catch(() => '');
  const [, uid] = /^Uid:\s*(\d+)/m.exec(status) ?? [];
  if (uid === undefined || nameIn(status) !== shortName(own.program)) return null;
  const started = await startOf(join(folder, 'cmdline'), own);
  if (!started) return null;
  const { program } = started;
  if (Number(uid) !== own.uid) return { process: id, program, account: (await accountOf?.(Number(uid))) ?? uid };
  return started.dataFolder === own.dataFolder ? null : { process: id, program, account: null };
}

const nameIn = (status: string): string | undefined => /^Name:\t(.*)$/m.exec(status)?.[1];
const shortName = (program: string): string => basename(program).slice(0, longestName);

/** How a console was started. Null if the command line is not that of a console. */
async function startOf(
  path: string,
  own: OwnCopy,
): Promise<{ readonly program: string; readonly dataFolder: string } | null> {
  // Chromium often replaces its command line by one text, with spaces between the arguments and the switches first.
  const text = await commandLine(path);
  const [first = ''] = text.split('\0', 1);
  const [program] = new RegExp(String.raw`^(?:.*?/)?${escaped(basename(own.program))}(?= |$)`).exec(first) ?? [];
  if (program === undefined) return null;
  const args = `${text.slice(program.length).replaceAll('\0', ' ')} `;
  const isPart = args.includes(' --type=');
  if (isPart || args.includes(` ${own.commandMarker} `)) return null;
  if (own.entry === null) return { program, dataFolder: dataFolderIn(args, own) };
  const entry = ` ${own.entry} `;
  return args.includes(entry) ? { program, dataFolder: dataFolderIn(args.replace(entry, ' '), own) } : null;
}

/** Chromium takes the last of several such switches. */
function dataFolderIn(args: string, own: OwnCopy): string {
  const found = args.split(' --').findLast((arg) => arg.startsWith('user-data-dir='));
  return found?.slice('user-data-dir='.length).trim() ?? own.usualFolder;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The program and its arguments. Empty if the process has ended. */
async function commandLine(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestCommandLine), 0, longestCommandLine, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file.close();
  }
}
