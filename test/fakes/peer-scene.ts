import type { JSONWebKeySet } from 'jose';
import { nodeTokenCrypto } from '../../src-main/adapters/computer/node-token-crypto.ts';
import { parseLicenseClaims } from '../../src-main/tokens/license-claims.ts';
import { PeerVerifier } from '../../src-main/peers/peer-verifier.ts';
import type { PresentedProof } from '../../src-main/peers/peer-proof.ts';
import { SeenProofs } from '../../src-main/peers/seen-proofs.ts';
import type { TokenCrypto } from '../../src-main/ports/token-crypto.ts';
import type { ExpiredPeerRule } from '../../src-shared/registers/local-api-view.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import type { PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { FakeClock } from './fake-clock.ts';
import { HandTimer } from './hand-timer.ts';
import { audience, issuer, licenseClaims, TokenSigner } from './token-signer.ts';

/** The stored and the published keys of the issuer. The server can be offline or silent, and can rotate its keys. */
class PublishedKeys {
  keptKeys: JSONWebKeySet | null;
  /** What the server publishes now. */
  published: JSONWebKeySet;
  online = true;
  /** If set, the server answers with this failure instead of its keys. */
  refusal: 'signing_keys_refused' | 'signing_keys_unusable' | null = null;
  /** While true, requests wait until {@link release}. */
  silent = false;
  /** The `retry_after` of failures while the server is not {@link online}. */
  pauseSeconds: number | undefined;
  requests = 0;
  #waiting: (() => void)[] = [];

  constructor(keys: JSONWebKeySet) {
    this.keptKeys = keys;
    this.published = keys;
  }

  release(): void {
    this.silent = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  async fetchKeys(): Promise<Result<JSONWebKeySet>> {
    this.requests += 1;
    if (this.silent) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    const pause = this.pauseSeconds === undefined ? {} : { retry_after: String(this.pauseSeconds) };
    if (!this.online) return fail('signing_keys_unavailable', { facts: { cause: 'offline', ...pause } });
    if (this.refusal) return fail(this.refusal, { facts: pause });
    this.keptKeys = structuredClone(this.published);
    return succeed(this.keptKeys);
  }
}

/** The server Store 014, and the tokens that its peers present to it. */
export class PeerScene {
  readonly clock = new FakeClock();
  readonly timer = new HandTimer(this.clock);
  readonly signer: TokenSigner;
  readonly keys: PublishedKeys;
  verifier: PeerVerifier;
  /** A new value takes effect with the next {@link changeSettings}. */
  seenProofs = new SeenProofs();
  /** How often a signature was checked. */
  signatures = 0;
  own: LicenseDetails | null;
  expiredPeers: ExpiredPeerRule = 'refuse';
  knowsIssuer = true;
  /** Null accepts any audience. */
  audience: string | null = audience;

  private constructor(signer: TokenSigner, keys: JSONWebKeySet) {
    this.signer = signer;
    this.keys = new PublishedKeys(keys);
    this.own = detailsOf(licenseClaims(this.now));
    this.verifier = this.#newVerifier();
  }

  static async create(algorithm = 'ES256'): Promise<PeerScene> {
    const signer = await TokenSigner.create(algorithm, 'key-1');
    return new PeerScene(signer, await signer.keySet());
  }

  /** Creates a new verifier, as changed settings do. */
  changeSettings(): void {
    this.verifier = this.#newVerifier();
  }

  #newVerifier(): PeerVerifier {
    return new PeerVerifier({
      own: () => this.own,
      issuer: () => (this.knowsIssuer ? { issuer, audience: this.audience } : null),
      now: () => this.now,
      expiredPeers: () => this.expiredPeers,
      knownServer: this.keys,
      clock: this.clock,
      timer: this.timer,
      crypto: this.#counting(),
      seenProofs: this.seenProofs,
    });
  }

  get now(): number {
    return this.clock.realAt;
  }

  get seconds(): number {
    return Math.floor(this.now / 1000);
  }

  /** The claims of a register whose hub is this server, with changes. A claim that is undefined is left out. */
  registerClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
    return licenseClaims(this.now, {
      server_id: 'register-3',
      server_name: 'Register 3',
      device_type: 'register',
      hub: { server_id: 'store-014', name: 'Store 014' },
      ...changes,
    });
  }

  register(changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
    return this.signer.sign(this.registerClaims(changes), header);
  }

  async verify(token: string, proof?: PresentedProof): Promise<PeerVerdict> {
    return this.verifier.verify({ token, ...(proof ? { proof } : {}) });
  }

  /** `our_peer` or `our_hub`, or the reason of the refusal. */
  async outcome(token: string, proof?: PresentedProof): Promise<string> {
    const verdict = await this.verify(token, proof);
    return verdict.accepted ? verdict.relation : verdict.reason;
  }

  #counting(): TokenCrypto {
    return {
      ...nodeTokenCrypto,
      importKey: (key, algorithm) => {
        const ready = nodeTokenCrypto.importKey(key, algorithm);
        return (
          ready && {
            verify: (signed, signature) => {
              this.signatures += 1;
              return ready.verify(signed, signature);
            },
          }
        );
      },
    };
  }
}

/** The license details that these claims contain. */
export function detailsOf(claims: Record<string, unknown>): LicenseDetails {
  const parsed = parseLicenseClaims(claims);
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return parsed.value.details;
}
