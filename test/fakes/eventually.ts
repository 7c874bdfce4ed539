import { expect } from 'vitest';

/** Expects a value that comes over a real socket, however busy this computer is. Use it only where no event can be awaited. */
export function eventually<T>(value: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(value, { timeout: 30_000, interval: 10 });
}
