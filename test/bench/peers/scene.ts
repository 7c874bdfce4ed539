import type { BenchProcess } from './bench-process.ts';
import type { LoadFigures } from './load-figures.ts';
import type { PeersOptions } from './peers-options.ts';
import type { RegisterTokens } from './register-tokens.ts';

/** The two servers that are compared on the same runtime, and the load generator. */
export interface Scene {
  readonly title: string;
  readonly options: PeersOptions;
  readonly bare: BenchProcess;
  readonly api: BenchProcess;
  readonly load: BenchProcess;
  readonly bareSocket: string;
  readonly apiSocket: string;
  readonly secret: string;
  readonly signer: RegisterTokens;
  /** One token of each register. They are already verified after the warm-up. */
  readonly tokens: readonly string[];
}

export interface Round {
  readonly server: 'bare' | 'api';
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly calls: number;
}

export interface Served extends LoadFigures {
  /** The processor time of the server's process, in µs per call. */
  readonly cpuMicros: number;
  /** The server's processor time as a share of the elapsed time. */
  readonly busy: number;
}

/** Loads one of the servers. Throws if a peer was not accepted, because then something else was measured. */
export async function serve(scene: Scene, { server, ...load }: Round): Promise<Served> {
  const process = server === 'api' ? scene.api : scene.bare;
  const socket = server === 'api' ? scene.apiSocket : scene.bareSocket;
  const before = await process.tell<{ cpuMs: number }>('figures', { collect: false });
  const figures = await scene.load.tell<LoadFigures>('run', { ...load, socket, secret: scene.secret });
  const after = await process.tell<{ cpuMs: number }>('figures', { collect: false });
  if (figures.notAccepted > 0) throw new Error(`${figures.notAccepted} of ${load.calls} peers were not accepted`);
  const cpuMicros = ((after.cpuMs - before.cpuMs) * 1000) / load.calls;
  return { ...figures, cpuMicros, busy: (cpuMicros * figures.callsPerSecond) / 1e6 };
}
