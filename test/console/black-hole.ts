import { execFileSync } from 'node:child_process';

const [link, end] = ['flc-hole', 'flc-hole-end'] as const;

/** Simulates a network that drops every packet: a link to an address that nobody has at its other end. */
export class BlackHole {
  readonly host = '10.231.9.2';

  private constructor() {}

  /** Null if no link can be made, which needs root on Linux. */
  static open(): BlackHole | null {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
    remove();
    try {
      ip('link', 'add', link, 'type', 'veth', 'peer', 'name', end);
      ip('addr', 'add', '10.231.9.1/30', 'dev', link);
      for (const each of [link, end]) {
        // An address that comes later would end Chromium's requests, since the network changed.
        ip('link', 'set', each, 'addrgenmode', 'none');
        ip('link', 'set', each, 'up');
      }
      // Otherwise the system reports that nobody answers for the address.
      ip('neigh', 'add', '10.231.9.2', 'lladdr', '02:00:00:00:00:09', 'dev', link, 'nud', 'permanent');
      return new BlackHole();
    } catch {
      remove();
      return null;
    }
  }

  close(): void {
    remove();
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

function remove(): void {
  try {
    ip('link', 'del', link);
  } catch {
    // There is none.
  }
}
