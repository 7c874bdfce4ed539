import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { CrashTable } from './crash-table.ts';
import { KilledConsole, type Moment, type Operation, operations } from './killed-console.ts';

/** The servers that rotate refresh tokens, with the grace in seconds during which each still accepts the old token. */
const servers = { 'no grace': 0, 'grace of 60 s': 60 } as const;
type Server = keyof typeof servers;

const everyMoment = process.env['FLC_LONG'] === '1';

/** The most important moments, for every run. `npm run test:crash` tries all moments. */
const tellingMoments: readonly (readonly [Operation, Server, Moment])[] = [
  ['acquire', 'no grace', ['after POST /device/auth', 1]],
  ['acquire', 'no grace', ['after POST /token', 1]],
  ['acquire', 'no grace', ['after setting entry license part 0', 1]],
  ['acquire', 'no grace', ['before writing license', 1]],
  ['acquire again', 'no grace', ['after setting entry license', 1]],
  ['refresh', 'no grace', ['after POST /token', 1]],
  ['refresh', 'no grace', ['after setting entry license part 2', 1]],
  ['refresh', 'no grace', ['after setting entry license', 1]],
  ['refresh', 'no grace', ['before writing license', 1]],
  ['remove', 'no grace', ['before POST /token/revocation', 1]],
  ['remove', 'no grace', ['after POST /token/revocation', 1]],
  ['remove', 'no grace', ['after deleting entry license', 1]],
  ['remove here only', 'no grace', ['after deleting entry license part 1', 1]],
  ['start after a cut-off removal', 'no grace', ['after unstoring license', 1]],
  ['refresh', 'grace of 60 s', ['after POST /token', 1]],
  ['refresh', 'grace of 60 s', ['after setting entry license part 0', 2]],
];

/** Kills at random times of an operation: the operation, the number of kills, and how long the operation takes in ms. */
const randomKills: readonly (readonly [Operation, number, number])[] = [
  ['acquire', 6, 2_500],
  ['refresh', 8, 150],
  ['remove', 6, 100],
];

let server: AuthorizationServer;
let victim: KilledConsole;
const table = new CrashTable(Object.keys(servers));

test('@storage @crash S1: kill -9 at each step of acquiring, refreshing and removing: the license survives, or the console asks once for an authorization and says why', async ({
  openGrants,
}) => {
  openGrants.mayStayOpen('a process killed', everyMoment ? 200 : tellingMoments.length);
  test.setTimeout(everyMoment ? 3_600_000 : 300_000);
  server = await startAuthorizationServer();
  // Makes the token so large that it takes several keychain entries, and can be half written.
  server.control.overrideClaims({ device: 'Store 014', set: { note: 'x'.repeat(1_500) } });
  victim = new KilledConsole(server);
  await victim.start();
  for (const name of Object.keys(servers) as Server[]) {
    const reuseGraceSeconds = servers[name];
    const interval = { announce: 1, enforceSeconds: 1 };
    server.control.configure({ interval, rotation: 'rotate', reuseGraceSeconds });
    await (everyMoment ? tryEveryMoment(name) : tryTellingMoments(name));
  }
  await victim.close();
  await server.close();
  console.log(table.text);
  expect(table.lost).toEqual([]);
  // If the server accepts a used token once more, no kill makes the person authorize again.
  expect(table.explainedAt('refresh', 'grace of 60 s')).toEqual([]);
  expect(table.kills).toBeGreaterThanOrEqual(everyMoment ? 200 : tellingMoments.length);
});

async function tryTellingMoments(at: Server): Promise<void> {
  for (const [operation, name, moment] of tellingMoments) if (name === at) await kill(operation, at, moment);
}

async function tryEveryMoment(at: Server): Promise<void> {
  for (const operation of operations)
    for (const moment of await victim.momentsOf(operation)) await kill(operation, at, moment);
  for (const [operation, count, lastsMs] of randomKills) {
    for (let nth = 0; nth < count; nth += 1) {
      const ms = Math.round(Math.random() * lastsMs);
      const outcome = await victim.killedAfter(operation, ms);
      table.note(operation, 'at any time', at, { ...outcome, how: `${outcome.how}, killed after ${ms} ms` });
    }
  }
}

async function kill(operation: Operation, at: Server, moment: Moment): Promise<void> {
  const [name, times] = moment;
  const step = times === 1 ? name : `${name} (${times})`;
  table.note(operation, step, at, await test.step(`${operation}: ${step}`, () => victim.killedAt(operation, moment)));
}
