import { counted } from './counts-and-lists.ts';

/** How much data that is: 999 bytes, 12 kB, 3.4 MB. A kB is 1000 bytes. */
export function dataSize(bytes: number): string {
  if (bytes < 1_000) return counted(bytes, 'byte');
  const kilobytes = Math.round(bytes / 1_000);
  return kilobytes < 1_000 ? `${kilobytes} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
