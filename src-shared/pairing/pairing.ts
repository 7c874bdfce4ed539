import { z } from 'zod/mini';
import { acquisitionStates } from '../license/acquisition-state.ts';
import { instantSince1970, optional } from '../schema-atoms.ts';
import { editions } from '../servers/server-profile.ts';

/** The TCP port on which a laptop listens, if it is free. A person then types the address alone. */
export const usualPairingPort = 41_740;

const line = (longest: number) => z.string().check(z.maxLength(longest));

/**
 * What a server's console reports to the laptop that helps it. A token, a device code or a key is never in it. The laptop trusts
 * none of it: it cleans the texts, and it opens a link only if the link is of an issuer that its own person confirmed. It drops members
 * that it does not know, which a later build may send.
 */
export const serverReportSchema = z.object({
  /** Identifies the server's profile for as long as its console knows that server. */
  id: line(64),
  serverName: line(200),
  edition: z.enum(editions),
  issuer: line(2000),
  consoleVersion: line(50),
  acquisition: z.object({
    state: z.enum(acquisitionStates),
    userCode: optional(line(200)),
    verificationUri: optional(line(2000)),
    verificationUriComplete: optional(line(2000)),
    remainingSeconds: optional(z.number().check(z.gte(0), z.lte(86_400))),
    failureCode: optional(line(100)),
  }),
  /** Absent without a license. Times are ms of trusted time at the server. */
  license: optional(
    z.object({
      serverId: line(200),
      serverName: optional(line(200)),
      organization: optional(z.object({ id: line(200), name: optional(line(200)) })),
      hub: optional(z.object({ serverId: optional(line(200)), name: optional(line(200)) })),
      tokenExpiresAt: instantSince1970,
      /** Absent if the license has no renewal date. */
      renewalEndsAt: optional(instantSince1970),
      lastRefreshAt: optional(instantSince1970),
    }),
  ),
  /** The codes of what is wrong at the server now. */
  failureCodes: z.array(line(100)).check(z.maxLength(20)),
});
export type ServerReport = z.infer<typeof serverReportSchema>;

/** The connections of one server through the laptop to one host. */
export interface RelayedHost {
  /** Host and port. */
  readonly to: string;
  readonly openConnections: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

/** Who may be reached through the laptop for a server: nobody, until a person at the laptop has confirmed the server's issuer. */
export type IssuerTrust =
  | { readonly state: 'unconfirmed' }
  /** The person said that it is not theirs. They can still confirm it. */
  | { readonly state: 'refused' }
  /** The laptop reads what the Authorization server publishes, to learn its hosts. */
  | { readonly state: 'checking' }
  | { readonly state: 'confirmed'; readonly hosts: readonly string[] }
  | { readonly state: 'failed'; readonly code: string; readonly facts?: Readonly<Record<string, string>> };

/** A server that was paired, as the laptop shows it. */
export interface HelpedServer {
  /** Identifies the pairing. */
  readonly id: string;
  /** The server's console shows the same three words. */
  readonly words: readonly [string, string, string];
  readonly connected: boolean;
  /** The server's console has ended the pairing. */
  readonly left: boolean;
  /** What may be opened for the server's User Code: a page with the code filled in, one where it is pasted, or nothing. */
  readonly link: 'filled_in' | 'plain' | 'none';
  /** Wall time of the laptop at the last report, in ms. */
  readonly reportedAt: number | null;
  readonly report: ServerReport | null;
  readonly issuer: IssuerTrust;
  readonly relayed: readonly RelayedHost[];
}

/** An address of the laptop: host, or host and port if the port is not the usual one. */
export interface LaptopAddress {
  readonly address: string;
  /** The name of the network card, as the operating system shows it. */
  readonly card: string;
}

/** Why an offer to help ended. */
export type OfferEnd = 'person' | 'time' | 'wrong_codes' | 'failed';

/** How the version of a console at the other side compares with this one. */
export type OtherVersion = 'older' | 'newer';

/** The laptop's offer to help servers get licensed. */
export interface OfferView {
  readonly state: 'open' | 'ended';
  readonly end?: OfferEnd;
  /** The failure code, if `end` is `failed`. */
  readonly failureCode?: string;
  /** Where a server's console reaches this laptop, the most likely first. */
  readonly addresses: readonly LaptopAddress[];
  /** The TCP port that a firewall on this laptop has to allow. Absent after the end. */
  readonly port?: number;
  /** For the next server, in groups as a person reads it. Null after the end. It is a secret until it was used. */
  readonly code: string | null;
  /** The text of the QR code: address, code, and the fingerprint of this pairing's certificate. Null after the end. */
  readonly qr: string | null;
  readonly endsAt: number;
  /** The addresses that the last wrong codes came from, in their order. The next server that pairs clears them. */
  readonly wrongFrom: readonly string[];
  /** A console of another version tried to connect, last from this address. The next server that pairs clears it. */
  readonly otherVersion: { readonly from: string; readonly is: OtherVersion } | null;
  readonly servers: readonly HelpedServer[];
}

/** A laptop that offers help in this network. The name is what it says of itself, so only the typed code proves who it is. */
export interface NearbyLaptop {
  readonly name: string;
  /** Host and port, as a person could type them. */
  readonly address: string;
}
