import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchProcess, type Program, type Runtime } from './peers/bench-process.ts';
import { buildPrograms } from './peers/build-programs.ts';
import { measureMemory } from './peers/measure-memory.ts';
import { measureSlow } from './peers/measure-slow.ts';
import { measureSpeed } from './peers/measure-speed.ts';
import type { PeersOptions } from './peers/peers-options.ts';
import { type BenchAlgorithm, RegisterTokens } from './peers/register-tokens.ts';
import type { Scene } from './peers/scene.ts';

/**
 * The local license API under the verify calls of 1,000 registers, compared with a bare server and with the bare verification of the
 * signature. All are measured in turn in the same run, each in its own process.
 */
export async function benchPeers(electron: string, options: PeersOptions): Promise<void> {
  const folder = await buildPrograms();
  for (const runtime of options.runtimes) {
    for (const algorithm of ['ES256', 'RS256'] as const) {
      await inScene({ folder, electron, runtime }, algorithm, options, async (scene) => {
        console.log(`\n${scene.title}`);
        await measureSpeed(scene);
        // The algorithm of the tokens makes no difference to these.
        if (algorithm === 'ES256') await measureSlow(scene);
        if (algorithm === 'ES256') await measureMemory(scene);
      });
    }
  }
}

async function inScene(
  where: { folder: string; electron: string; runtime: Runtime },
  algorithm: BenchAlgorithm,
  options: PeersOptions,
  measure: (scene: Scene) => Promise<void>,
): Promise<void> {
  const sockets = mkdtempSync(join(tmpdir(), 'license-console-bench-'));
  const program = (name: Program['name'], runtime: Runtime) => new BenchProcess({ ...where, name, runtime });
  const bare = program('bare-server', where.runtime);
  const api = program('api-server', where.runtime);
  const load = program('load-generator', 'node');
  const processes = [bare, api, load];
  try {
    const signer = new RegisterTokens(algorithm);
    const tokens = signer.make(options.registers);
    const { jwk } = signer;
    const own = signer.ownToken();
    const listening = await api.tell<{ socket: string; secret: string; runtime: string; answer: string }>('listen', {
      folder: sockets,
      jwk,
      own,
      token: tokens[0],
    });
    const bareSocket = join(sockets, 'bare.sock');
    await bare.tell('listen', { socket: bareSocket, answer: listening.answer });
    const { socket: apiSocket, secret } = listening;
    const title = `${listening.runtime}, ${algorithm}, ${options.registers} registers, answers of ${listening.answer.length} bytes`;
    await measure({ title, options, bare, api, load, bareSocket, apiSocket, secret, signer, tokens });
  } finally {
    for (const one of processes) await one.end();
    rmSync(sockets, { recursive: true, force: true });
  }
}
