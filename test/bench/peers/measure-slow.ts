import type { SlowFigures } from './load-figures.ts';
import { verdict } from '../verdict.ts';
import type { Scene } from './scene.ts';

const goalMs = 250;

/** A good client among sockets that send a byte a second. */
export async function measureSlow(scene: Scene): Promise<void> {
  const { slowSockets } = scene.options;
  if (slowSockets === 0) return;
  const { apiSocket: socket, secret, tokens } = scene;
  const order = { socket, secret, tokens, slowSockets, calls: 20_000 };
  const slow = await scene.load.tell<SlowFigures>('slow', order);
  if (slow.notAccepted > 0) throw new Error(`${slow.notAccepted} peers were not accepted`);
  console.log(
    `  among ${slowSockets} slow sockets (${slow.reopened} were put out and came back, ${slow.stillOpen} open at the end): ` +
      `${order.calls} calls of the license client, p50 ${slow.p50Ms.toFixed(2)} ms, p99 ${slow.p99Ms.toFixed(2)} ms  goal ${goalMs} ms: ${verdict(slow.p99Ms <= goalMs)}`,
  );
}
