import type { BenchProcess } from './bench-process.ts';
import type { LoadFigures } from './load-figures.ts';
import type { PeersOptions } from './peers-options.ts';
import type { RegisterTokens } from './register-tokens.ts';

/** The two servers that are compared, on the same runtime, and who loads them. */
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
  /** One of each register; verified before, once they were warmed. */
  readonly tokens: readonly string[];
}

export interface Round {
  readonly server: 'bare' | 'api';
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly calls: number;
}

export interface Served extends LoadFigures {
  /** Of the server's process, in µs a call. */
  readonly cpuMicros: number;
  /** The share of the time in which the server's process had work, as it uses processors. */
  readonly busy: number;
}

/** Loads one of the servers. Throws where a peer was not accepted: then something else was measured. */
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

/** `0.812 x …: goal …, met` */
export function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'NOT met';
}
