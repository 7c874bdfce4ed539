import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The two ends of the command channel. */
export type ChannelEnd = 'console' | 'terminal';

/** 256 bits, base64url. */
export function newChannelSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What shows that one end knows the key of this run, without saying it: each end answers for a number that the other has just
 * thought of. A program that took the address of a run that is gone learns nothing from a terminal that still calls there.
 */
export function channelProof(key: string, of: ChannelEnd, consoleNonce: string, terminalNonce: string): string {
  return createHmac('sha256', key).update(`${of}\n${consoleNonce}\n${terminalNonce}`).digest('base64url');
}

/** Compared in constant time. */
export function isSameProof(expected: string, said: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(said)];
  return left.length === right.length && timingSafeEqual(left, right);
}
