import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The two ends of the command channel. */
type ChannelEnd = 'console' | 'terminal';

/** 256 bits, base64url. */
export function newChannelSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Proves that one end knows the key of this run, without revealing the key. Each proof covers a fresh nonce of the other end. A
 * program that took over the address of an ended run learns nothing from a terminal that still connects to it.
 */
export function channelProof(key: string, of: ChannelEnd, consoleNonce: string, terminalNonce: string): string {
  return createHmac('sha256', key).update(`${of}\n${consoleNonce}\n${terminalNonce}`).digest('base64url');
}

/** Compared in constant time. */
export function isSameProof(expected: string, shown: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(shown)];
  return left.length === right.length && timingSafeEqual(left, right);
}
