import { present } from '../../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { usualPairingPort } from '../../../src-shared/pairing/pairing.ts';
import type { PairingAddress } from '../pairing-address.ts';
import { pairingKeys, type PairingKeys } from '../pairing-keys.ts';
import { serverProof } from '../pairing-proof.ts';
import { type PairingText, shortFingerprint } from '../pairing-qr.ts';
import {
  errorSchema,
  otherVersionOf,
  pairingVersion,
  paths,
  readBody,
  standingSchema,
  startedSchema,
  type WireStanding,
} from '../wire.ts';
import { withZones } from './zoned-addresses.ts';
import { askLaptop, connectToAny, type LaptopAnswer, type LaptopConnection } from './pinned-connection.ts';

/** How long a connection, an answer and a tunnel may take, in ms. */
export interface LinkLimits {
  readonly connectMs: number;
  readonly answerMs: number;
  /** Longer than the laptop may take to connect to the host. */
  readonly tunnelMs: number;
}

/** A laptop that has proved that it knows the code. */
export interface ProvenLaptop extends PairingKeys {
  /** The address at which it proved it. */
  readonly address: PairingAddress;
  /** All addresses that a person or a scanner entered for it. */
  readonly entered: readonly PairingAddress[];
  readonly fingerprint: string;
  readonly standing: WireStanding;
}

/**
 * Proves the code to the laptop at the first of the addresses that answers. Both sides prove that they know it, and that they see
 * the same certificate. Failures: `laptop_unreachable`, `pairing_code_wrong`, `pairing_ended`, `pairing_version`.
 */
export async function proveCode(
  addresses: readonly PairingAddress[],
  { code, fingerprint: expected }: PairingText,
  limits: LinkLimits,
): Promise<Result<ProvenLaptop>> {
  let sawAnother = false;
  // The QR code names the certificate, so another one is refused before anything is sent.
  const accepts = (seen: string): boolean => {
    const isAnother = expected !== undefined && shortFingerprint(seen) !== expected;
    sawAnother ||= isAnother;
    return !isAnother;
  };
  const connection = await connectToAny(withZones(addresses), limits.connectMs, accepts);
  if (!connection && sawAnother) return fail('pairing_code_wrong');
  if (!connection)
    return fail('laptop_unreachable', { facts: { port: String(addresses[0]?.port ?? usualPairingPort) } });
  try {
    const proven = await prove(connection, code, limits);
    return proven.ok ? succeed({ ...proven.value, address: connection.address, entered: addresses }) : proven;
  } finally {
    connection.socket.destroy();
  }
}

async function prove(
  { socket, fingerprint }: LaptopConnection,
  code: string,
  { answerMs }: LinkLimits,
): Promise<Result<Omit<ProvenLaptop, 'address' | 'entered'>>> {
  const proof = await serverProof(code, fingerprint);
  const start = { version: pairingVersion, request: proof.message };
  const started = await askLaptop(socket, { method: 'POST', path: paths.start, document: start }, answerMs);
  const response = startedSchema.safeParse(documentIn(started));
  if (started?.status !== 200 || !response.success) return refused(started);
  const finished = proof.finish(response.data.response);
  if (!finished) return fail('pairing_code_wrong');
  const finish = { version: pairingVersion, finish: finished.message };
  const answer = await askLaptop(socket, { method: 'POST', path: paths.finish, document: finish }, answerMs);
  const standing = standingSchema.safeParse(documentIn(answer));
  if (answer?.status !== 200 || !standing.success) return refused(answer);
  const keys = pairingKeys(finished.sessionKey, fingerprint);
  return succeed({ ...keys, fingerprint, standing: standing.data });
}

function refused(answer: LaptopAnswer | null): Result<never> {
  const document = documentIn(answer);
  const { error } = errorSchema.safeParse(document).data ?? {};
  const laptop = document ? (otherVersionOf(document) ?? undefined) : undefined;
  if (error === 'version' || laptop) return fail('pairing_version', { facts: present({ laptop }) });
  if (error === 'wrong_code') return fail('pairing_code_wrong');
  if (error === 'ended') return fail('pairing_ended');
  return fail('laptop_unreachable', { facts: { reason: error === 'busy' ? 'busy' : 'answer' } });
}

function documentIn(answer: LaptopAnswer | null): Readonly<Record<string, unknown>> | null {
  return answer && readBody(Buffer.from(answer.body));
}
