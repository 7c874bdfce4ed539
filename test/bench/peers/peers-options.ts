import type { Runtime } from './bench-process.ts';

export interface PeersOptions {
  readonly rounds: number;
  /** The duration of one loaded round. */
  readonly callsOfRound: number;
  /** The number of calls over which memory is measured. */
  readonly calls: number;
  readonly registers: number;
  readonly slowSockets: number;
  readonly runtimes: readonly Runtime[];
}

export const peersUsage = `npm run bench -- peers [options]
  --rounds=7             loaded rounds that count, after one that does not
  --calls-of-round=20000 verify calls of a loaded round
  --calls=1000000        verify calls over which memory is watched; 0 leaves that out
  --registers=1000       registers, each with a token of its own
  --slow-sockets=1000    sockets that send a byte a second; 0 leaves that out
  --runtime=both         electron (the main process, as shipped), node, or both`;

/** Null if an argument is not understood. */
export function readPeersOptions(args: readonly string[]): PeersOptions | null {
  const given = new Map(
    args.map((arg) => (/^--([a-z-]+)=(.+)$/.exec(arg)?.slice(1) as [string, string] | undefined) ?? ['', arg]),
  );
  const number = (name: string, otherwise: number) => {
    const text = given.get(name);
    given.delete(name);
    return text === undefined ? otherwise : Number(text);
  };
  const runtime = given.get('runtime') ?? 'both';
  given.delete('runtime');
  const options = {
    rounds: number('rounds', 7),
    callsOfRound: number('calls-of-round', 20_000),
    calls: number('calls', 1_000_000),
    registers: number('registers', 1_000),
    slowSockets: number('slow-sockets', 1_000),
    runtimes: runtime === 'both' ? (['electron', 'node'] as const) : [runtime as Runtime],
  };
  const numbers = [options.rounds, options.callsOfRound, options.calls, options.registers, options.slowSockets];
  const isUnderstood =
    given.size === 0 &&
    numbers.every((value) => Number.isInteger(value) && value >= 0) &&
    options.rounds > 0 &&
    options.registers > 0 &&
    ['node', 'electron', 'both'].includes(runtime);
  return isUnderstood ? options : null;
}
