import type { ProcessFigures } from './answer-parent.ts';
import type { LoadFigures } from './load-figures.ts';
import { verdict } from '../verdict.ts';
import { type Scene, serve } from './scene.ts';

const steps = 20;
/** The allowed growth from the second quarter to the last one, in MiB. */
const goals = { heap: 2, rss: 16 };

/** Memory over many calls: known tokens, and in each step a new one of every register and as many that are not authentic. */
export async function measureMemory(scene: Scene): Promise<void> {
  const { calls, registers } = scene.options;
  if (calls === 0) return;
  const seen: ProcessFigures[] = [];
  for (let nth = 0; nth < steps; nth += 1) {
    await step(scene, Math.max(registers, Math.round(calls / steps) - 2 * registers));
    const figures = await scene.api.tell<ProcessFigures>('figures', { collect: true });
    seen.push(figures);
    process.stderr.write(
      `calls ${Math.round((calls / steps) * (nth + 1))}: heap ${figures.heapMiB.toFixed(1)} MiB, RSS ${figures.rssMiB.toFixed(0)} MiB\n`,
    );
  }
  const mean = (part: readonly ProcessFigures[], member: 'heapMiB' | 'rssMiB') =>
    part.reduce((sum, figures) => sum + figures[member], 0) / part.length;
  const [early, late] = [seen.slice(steps / 4, steps / 2), seen.slice(-steps / 4)];
  const heap = mean(late, 'heapMiB') - mean(early, 'heapMiB');
  const rss = mean(late, 'rssMiB') - mean(early, 'rssMiB');
  console.log(
    `  memory over ${calls} calls, last quarter over the second: heap ${mean(early, 'heapMiB').toFixed(1)} → ${mean(late, 'heapMiB').toFixed(1)} MiB, ` +
      `RSS ${mean(early, 'rssMiB').toFixed(0)} → ${mean(late, 'rssMiB').toFixed(0)} MiB  goal +${goals.heap} and +${goals.rss} MiB at most: ${verdict(heap <= goals.heap && rss <= goals.rss)}`,
  );
}

async function step(scene: Scene, warmCalls: number): Promise<void> {
  const { registers } = scene.options;
  const { signer, tokens, apiSocket: socket, secret } = scene;
  const load = { connections: 16, server: 'api' as const };
  await serve(scene, { ...load, tokens: signer.make(registers), calls: registers });
  const bad = { socket, secret, tokens: signer.tampered(registers), connections: 16, calls: registers };
  const { notAccepted } = await scene.load.tell<LoadFigures>('run', bad);
  if (notAccepted !== registers) throw new Error(`${registers - notAccepted} tampered tokens were accepted`);
  await serve(scene, { ...load, tokens, calls: warmCalls });
}
