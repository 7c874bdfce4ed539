import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { sessionKeyring } from '../session-keyring.ts';
import type { FaultRow } from './fault-rows.ts';
import type { FaultScene } from './fault-scene.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

function noWay(
  what: string,
  arrange: (scene: FaultScene) => Promise<void>,
  code: FailureCode,
  headline: string,
): FaultRow {
  return { what, arrange, fails: { code, headline }, says: 'offline', next: 'minutes', where: 'way' };
}

/** A wrong clock is reported and has no other effect, because the license is judged by trusted time (product.md). */
function wrongClock(what: string, byMs: number): FaultRow {
  return { what, arrange: (scene) => scene.setClock(byMs), next: 'half_life', where: 'behind', names: 'clock' };
}

const keychainLocked: FaultRow = {
  ...noWay('keychain locked', () => sessionKeyring.lock(), 'secret_store_locked', 'The keychain is locked'),
  names: 'keychain',
};

const unreachable = 'The Authorization server cannot be reached';
const proxy = 'The proxy of this network does not let the console through';
/** Chromium's ERR_CERT_DATE_INVALID. */
const outOfDates = -201;

/** Faults of this computer and of its network. */
export const faultsOfThisComputer: readonly FaultRow[] = [
  noWay('server down', (scene) => scene.server.stop(), 'network_unreachable', unreachable),
  noWay(
    'name unknown',
    (scene) => scene.moveTokenEndpoint('https://no-such-server.invalid/token'),
    'network_unreachable',
    unreachable,
  ),
  noWay('proxy gone', (scene) => scene.changeNetwork({ proxy: scene.strangers.nobody }), 'proxy_refused', proxy),
  noWay(
    'proxy wants a password',
    (scene) => scene.changeNetwork({ proxy: new URL(scene.strangers.passwordProxy.origin).host }),
    'proxy_sign_in',
    'The proxy of this network wants a name and a password',
  ),
  noWay(
    'certificate of a filter',
    (scene) => scene.moveTokenEndpoint(`${scene.strangers.filter.origin}/token`),
    'certificate_untrusted',
    'A filter in this network may be reading the connection',
  ),
  {
    ...noWay(
      'no TLS where it must be',
      (scene) => scene.moveTokenEndpoint(`${scene.strangers.plain.origin.replace('http:', 'https:')}/token`),
      'connection_damaged',
      'The secure connection broke',
    ),
    next: 'seconds',
  },
  // Only on Linux do the tests have their own keychain. Elsewhere it is the person's.
  ...(process.platform === 'linux' ? [keychainLocked] : []),
  wrongClock('clock +1 h', hourMs),
  wrongClock('clock -1 d', -dayMs),
  wrongClock('clock +10 y', 10 * yearMs),
  wrongClock('clock -10 y', -10 * yearMs),
  {
    ...noWay('clock +1 y, server down', () => Promise.resolve(), 'network_unreachable', unreachable),
    arrange: async (scene) => {
      await scene.setClock(yearMs);
      await scene.server.stop();
    },
    // The console cannot tell whether the computer was suspended or its clock was set ahead, and no server says so. By the clock, the token
    // has expired, so registers may refuse it.
    names: 'time',
  },
  noWay(
    'certificate out of date',
    (scene) => presentOldCertificate(scene),
    'certificate_date_invalid',
    "Is this computer's clock right?",
  ),
  {
    ...noWay('the same, clock -10 y', () => Promise.resolve(), 'clock_wrong', "This computer's clock is wrong"),
    arrange: async (scene) => {
      await presentOldCertificate(scene);
      await scene.setClock(-10 * yearMs);
    },
    names: 'clock',
  },
];

async function presentOldCertificate(scene: FaultScene): Promise<void> {
  await scene.changeNetwork({ certificateVerdict: outOfDates });
  await scene.moveTokenEndpoint(`${scene.strangers.oldCertificate.origin}/token`);
}
