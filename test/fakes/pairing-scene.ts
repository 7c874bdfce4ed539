import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { laptopOf, type LaptopWay, type PairedLaptopView } from '../../src-shared/pairing/laptop-view.ts';
import type { ServerReport } from '../../src-shared/pairing/pairing.ts';
import { Offer } from '../../src-main/pairing/laptop/offer.ts';
import type { OfferDeps } from '../../src-main/pairing/laptop/offer-deps.ts';
import type { OwnAddress } from '../../src-main/pairing/laptop/own-addresses.ts';
import { LaptopPairing, type LaptopPairingDeps } from '../../src-main/pairing/server/laptop-pairing.ts';
import { systemTimer } from '../../src-main/adapters/computer/system-timer.ts';
import { systemClock } from '../../src-main/adapters/computer/system-clock.ts';
import type { HttpRequest } from '../../src-main/ports/http.ts';
import type { RelayWay } from '../../src-main/ports/relay.ts';
import { MemoryLog } from './memory-log.ts';

export const issuer = 'https://auth.example';
export const metadata = {
  issuer,
  device_authorization_endpoint: `${issuer}/device`,
  token_endpoint: 'https://token.auth.example:8443/token',
  jwks_uri: `${issuer}/keys`,
};

export function serverReport(changes: Partial<ServerReport> = {}): ServerReport {
  return {
    id: 'store-014',
    serverName: 'Store 014',
    edition: 'store',
    issuer,
    consoleVersion: '0.1.0',
    acquisition: { state: 'idle' },
    failureCodes: [],
    ...changes,
  };
}

type OfferSettings = NonNullable<OfferDeps['settings']>;

/** The laptop of a scene. An address without a network card is at one. */
interface SceneLaptop extends Partial<Omit<OfferDeps, 'settings'>> {
  readonly settings?: Omit<OfferSettings, 'addresses'> & {
    readonly addresses?: () => readonly (string | OwnAddress)[];
  };
}

/** A laptop that offers help, a server's console, and what is behind the laptop, on real sockets of this computer. */
export class PairingScene {
  readonly log = new MemoryLog();
  readonly serverLog = new MemoryLog();
  readonly reached: string[] = [];
  readonly relays: (RelayWay | null)[] = [];
  readonly asked: string[] = [];
  report: ServerReport | null = serverReport();
  /** The reports of servers that have their own, by profile. */
  readonly reports = new Map<string, ServerReport>();
  known: readonly string[] = [];
  readonly far: Server;
  readonly farSockets = new Set<Socket>();
  readonly offer: Offer;
  readonly pairing: LaptopPairing;

  private constructor(far: Server, { settings, ...laptop }: SceneLaptop, server: Partial<LaptopPairingDeps>) {
    this.far = far;
    far.on('connection', (socket) => {
      this.farSockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.farSockets.delete(socket));
      socket.pipe(socket);
    });
    const { port: farPort } = far.address() as AddressInfo;
    this.offer = new Offer({
      http: {
        send: async ({ url }: HttpRequest) => {
          this.asked.push(url);
          return { ok: true, answer: { status: 200, headers: {}, body: JSON.stringify(metadata) } };
        },
      },
      reach: async (host, port, gone) => {
        this.reached.push(`${host}:${port}`);
        const socket = connect({ port: farPort, host: '127.0.0.1', signal: gone });
        await once(socket, 'connect');
        return { socket };
      },
      timer: systemTimer,
      clock: systemClock,
      log: this.log,
      knownIssuers: () => this.known,
      onChanged: () => {},
      ...laptop,
      settings: {
        port: 0,
        ...settings,
        addresses: () =>
          (settings?.addresses?.() ?? ['127.0.0.1']).map((one) =>
            typeof one === 'string' ? { host: one, card: 'Wi-Fi' } : one,
          ),
      },
    });
    this.pairing = new LaptopPairing({
      report: (profileId) => this.reports.get(profileId) ?? this.report,
      relay: {
        begin: (_profileId, way) => {
          if (this.relays.at(-1) !== way) this.relays.push(way);
        },
        end: () => {
          if (this.relays.at(-1)) this.relays.push(null);
        },
      },
      timer: systemTimer,
      clock: systemClock,
      log: this.serverLog,
      onChanged: () => {},
      isClockConfirmed: () => false,
      ...server,
    });
  }

  static async open(laptop: SceneLaptop = {}, server: Partial<LaptopPairingDeps> = {}): Promise<PairingScene> {
    const far = createServer();
    far.listen(0, '127.0.0.1');
    await once(far, 'listening');
    return new PairingScene(far, laptop, server);
  }

  /** The port at which the laptop listens. */
  get port(): number {
    return Number(this.address.split(':')[1]);
  }

  get address(): string {
    return this.offer.view()?.addresses[0]?.address ?? '';
  }

  /** The laptop as the server's console shows it. Null if none is paired. */
  get paired(): PairedLaptopView | null {
    return laptopOf(this.pairing.view(), this.pairing.view()?.profileId);
  }

  get way(): LaptopWay | undefined {
    return this.paired?.way;
  }

  get code(): string {
    return this.offer.view()?.code ?? '';
  }

  async close(): Promise<void> {
    await Promise.all([this.pairing.close(), this.offer.close()]);
    for (const socket of this.farSockets) socket.destroy();
    this.far.close();
  }
}
