import { createInterface } from 'node:readline';

export const answerMark = '@bench ';

/** The commands of a process of the benchmark. Each takes and returns plain JSON. */
export type Commands = Readonly<Record<string, (argument: never) => unknown>>;

/** Runs the parent's commands, line by line, and answers each. Ends with the parent. */
export function answerParent(commands: Commands): void {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void answer(commands, line));
  lines.on('close', () => process.exit(0));
}

async function answer(commands: Commands, line: string): Promise<void> {
  const { name, argument } = JSON.parse(line) as { name: string; argument: never };
  try {
    const value = await commands[name]?.(argument);
    process.stdout.write(`${answerMark}${JSON.stringify({ value })}\n`);
  } catch (error) {
    process.stdout.write(`${answerMark}${JSON.stringify({ error: String((error as Error).stack) })}\n`);
  }
}

export interface ProcessFigures {
  readonly rssMiB: number;
  readonly heapMiB: number;
  /** The processor time of all its threads since it began, in ms. */
  readonly cpuMs: number;
}

/** Memory after a garbage collection, and processor time. */
export function figuresOfThisProcess({ collect }: { collect: boolean }): ProcessFigures {
  if (collect) for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const mebi = 1024 * 1024;
  return { rssMiB: rss / mebi, heapMiB: (heapUsed + external) / mebi, cpuMs: (user + system) / 1000 };
}
