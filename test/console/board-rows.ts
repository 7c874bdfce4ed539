import type { ReportedServer } from '../../src-shared/servers/board.ts';

const day = 86_400_000;

/** What a licensed store has reported to a console, as that console keeps it in `reported-servers.json`. */
export function reportedServer(id: string, name: string, renewsInDays: number): ReportedServer {
  return {
    id,
    name,
    edition: 'store',
    organization: 'Market Hall',
    serverId: `server-${id}`,
    hub: { serverId: 'corporate-7', name: 'Corporate 7' },
    state: 'licensed',
    tokenExpiresAt: Date.now() + 5 * day,
    renewalDate: { endsAt: Date.now() + renewsInDays * day },
    consoleVersion: '0.1.0',
    reportedAt: Date.now(),
  };
}
