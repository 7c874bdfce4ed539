import type { TrustedTime } from '../../src-main/time/trusted-time.ts';

/** Gives trusted time two answers to a POST whose `Date` is `at`. */
export function hearTwice(time: TrustedTime, at: number): void {
  time.observe({ at, isPost: true });
  time.observe({ at, isPost: true });
}
