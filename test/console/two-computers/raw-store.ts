/**
 * Runs on the store's computer in place of a console: pairs, reports, and asks the laptop for connections that no console asks for.
 * Arguments: `address code issuer authority…`. Writes the outcome of each as one line of JSON, and repeats this for each line that it
 * reads.
 */
import { createInterface } from 'node:readline';
import { readPairingAddress } from '../../../src-main/pairing/pairing-address.ts';
import { LaptopLink } from '../../../src-main/pairing/server/laptop-link.ts';
import { proveCode } from '../../../src-main/pairing/server/prove-code.ts';
import type { ServerReport } from '../../../src-shared/pairing/pairing.ts';

const [address = '', code = '', issuer = '', ...authorities] = process.argv.slice(2);
const limits = { connectMs: 5_000, answerMs: 5_000, tunnelMs: 15_000 };
const place = readPairingAddress(address);
if (!place) throw new Error(`No address: ${address}`);
const proven = await proveCode([place], { code: code.replaceAll(' ', ''), addresses: [] }, limits);
if (!proven.ok) throw new Error(proven.failure.code);
const link = new LaptopLink(proven.value, limits);
const report: ServerReport = {
  id: 'raw',
  serverName: 'Raw store',
  edition: 'store',
  issuer,
  consoleVersion: '0',
  acquisition: { state: 'idle' },
  failureCodes: [],
};

/** The laptop's answer for each connection: `open`, or the code of its refusal. */
async function tunnels(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const authority of authorities) {
    const outcome = await link.tunnel(authority);
    found[authority] = 'socket' in outcome ? 'open' : outcome.code;
    if ('socket' in outcome) outcome.socket.destroy();
  }
  return found;
}

// The laptop asks the issuer for its hosts first.
for (let standing = await link.report(report); !standing?.isRelaying; standing = await link.report(report)) {
  if (!standing) throw new Error('The report did not arrive');
  await new Promise((resolve) => setTimeout(resolve, 200));
}
console.log(JSON.stringify(await tunnels()));
const asked = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
while (!(await asked.next()).done) console.log(JSON.stringify(await tunnels()));
link.close();
