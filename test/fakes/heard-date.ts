import type { TrustedTime } from '../../src-main/license/trusted-time.ts';

/** The server says in two answers to a POST that it is that late. */
export function hearTwice(time: TrustedTime, at: number): void {
  time.hear({ at, isPost: true });
  time.hear({ at, isPost: true });
}
