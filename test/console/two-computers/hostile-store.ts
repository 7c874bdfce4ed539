/**
 * Runs on the store's computer in place of a console: pairs with the laptop, sends it each request of the table of hostile ones, and then
 * the messages of its own proof of the code again. Arguments: `address code issuer`. Writes a {@link HostileOutcome} as one line of JSON.
 */
import { connect } from 'node:tls';
import { readPairingAddress } from '../../../src-main/pairing/pairing-address.ts';
import { pairingKeys } from '../../../src-main/pairing/pairing-keys.ts';
import { serverProof } from '../../../src-main/pairing/pairing-proof.ts';
import { LaptopLink } from '../../../src-main/pairing/server/laptop-link.ts';
import { askLaptop, connectToLaptop } from '../../../src-main/pairing/server/pinned-connection.ts';
import { pairingVersion, standingSchema } from '../../../src-main/pairing/wire.ts';
import { hostileRequests, isRefusal } from '../../fakes/hostile-requests.ts';
import { serverReport } from '../../fakes/pairing-scene.ts';

export interface HostileOutcome {
  /** How many requests were sent. */
  readonly sent: number;
  /** Those that were not refused as the table says, and the beginning of the answer. */
  readonly notRefused: readonly string[];
  /** The answers to the two messages of an earlier proof. */
  readonly replayed: readonly (number | undefined)[];
  /** Whether the laptop accepts a report of the paired server after all that. */
  readonly stillServed: boolean;
}

const [typed = '', code = '', issuer = ''] = process.argv.slice(2);
const limits = { connectMs: 5_000, answerMs: 5_000, tunnelMs: 15_000 };
const address = readPairingAddress(typed);
if (!address) throw new Error(`No address: ${typed}`);

/** Connects, and sends a message of a proof. Returns the status and the member of the answer. */
async function ask(socket: Parameters<typeof askLaptop>[0], path: string, member: 'request' | 'finish', value: string) {
  const document = { version: pairingVersion, [member]: value };
  const answer = await askLaptop(socket, { method: 'POST', path, document }, limits.answerMs);
  return { status: answer?.status, body: answer?.status === 200 ? (JSON.parse(answer.body) as object) : {} };
}

async function connection() {
  const found = address && (await connectToLaptop(address, limits.connectMs));
  if (!found) throw new Error('No connection to the laptop');
  return found;
}

/** What the laptop sends until it closes the connection. */
async function answerTo(bytes: string | Buffer): Promise<string> {
  const socket = connect({ host: address?.host, port: address?.port, rejectUnauthorized: false });
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

const { socket, fingerprint } = await connection();
const proof = await serverProof(code.replaceAll(' ', ''), fingerprint);
const started = await ask(socket, '/pairing/start', 'request', proof.message);
const finished = proof.finish((started.body as { response?: string }).response ?? '');
if (!finished) throw new Error('The laptop did not prove the code');
const { body } = await ask(socket, '/pairing/finish', 'finish', finished.message);
const keys = pairingKeys(finished.sessionKey, fingerprint);
const proven = { ...keys, address, entered: [address], fingerprint, standing: standingSchema.parse(body) };
const link = new LaptopLink(proven, limits);
const report = serverReport({ id: 'hostile', serverName: 'Hostile store', issuer });
const deadline = performance.now() + 20_000;
for (let standing = await link.report(report); !standing?.isRelaying; standing = await link.report(report)) {
  if (performance.now() > deadline) throw new Error('The laptop does not relay: nobody has confirmed the issuer');
  await new Promise((resolve) => setTimeout(resolve, 200));
}

const { hostname, port } = new URL(issuer);
const requests = hostileRequests({ host: hostname, port: Number(port) });
const notRefused: string[] = [];
for (const request of requests) {
  const answer = await answerTo(request.bytes(keys.bearer));
  if (!isRefusal(request, answer)) notRefused.push(`${request.name}: ${answer.slice(0, 60)}`);
}

const again = await connection();
const replayed = [
  await ask(again.socket, '/pairing/start', 'request', proof.message),
  await ask(again.socket, '/pairing/finish', 'finish', finished.message),
].map(({ status }) => status);
again.socket.destroy();
const stillServed = (await link.report(report)) !== null;
const outcome: HostileOutcome = { sent: requests.length, notRefused, replayed, stillServed };
console.log(JSON.stringify(outcome));
link.close();
socket.destroy();
