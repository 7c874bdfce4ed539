import type { BackgroundView } from '../../src-shared/window/console-state.ts';
import type { LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import type { Failure, Result } from '../../src-shared/result.ts';
import type { NetworkEvidence } from '../authorization/network-failure.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { LaptopControl } from '../servers/helped-by-laptop.ts';
import type { TimeService } from '../ports/time-service.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** What the checks of this computer can examine. */
export interface ComputerScene {
  /** Whether the checks run in the process of a command, because no console is running. */
  readonly isInPlace: boolean;
  readonly servers: Pick<LicensedServers, 'all' | 'shown' | 'checkKeys' | 'tryOwnWay'>;
  readonly laptop: Pick<LaptopControl, 'view'>;
  readonly notices: Pick<ConsoleNotices, 'all'>;
  readonly localApi: { view(profileId: string): LocalApiView };
  readonly trustedTime: Pick<TrustedTime, 'evaluate' | 'settle' | 'isConfirmed' | 'markAt'>;
  /** When this program was built, in ms. */
  readonly builtAt: number;
  readonly storage: DataStorage;
  readonly network: NetworkWitness;
  /** Null on a system without a known time service. */
  readonly timeService: Pick<TimeService, 'command'> | null;
  /** As the operating system reports at this moment. */
  background(): BackgroundView;
  /** The program that starts at sign-in instead of this one. Null if it is this one, or if that is not known. */
  startsAnother(): string | null;
  /** The other consoles that are running. Null if the system does not say. */
  otherCopies(): Promise<readonly OtherCopy[] | null>;
  /** Loads the proxy script of this computer. Null if it has none, or if that is not known. */
  proxyScript(): Promise<ProxyScript | null>;
  /** The kind of virtual machine that this computer is. Null if it is none, or if that is not known. */
  virtualMachine(): Promise<string | null>;
}

/** What the checks of this computer can examine after those of the servers. */
export interface SceneAfterServers extends ComputerScene {
  /** Why servers of this run could not be used. */
  readonly serverFailures: readonly Failure[];
}

/** What the checks of one server can examine. */
export interface ServerScene extends ComputerScene {
  readonly server: LicensedServer;
  /** Contacts the Authorization server. All checks of one run share one trial request. */
  tryRequest(): Promise<TrialRequest>;
}

/** A console that runs on this computer at the same time, with settings and licenses of its own. */
export interface OtherCopy {
  /** The ID of its process. */
  readonly process: number;
  readonly program: string;
  /** The name of its account. Null if it is the account of this console. */
  readonly account: string | null;
}

/**
 * The script of this computer that chooses a proxy (PAC). `not_a_script`: it has a syntax error, or chooses none. `in_a_file`: the
 * network stack uses no script from the disk.
 */
export interface ProxyScript {
  /** Empty if the network names it (WPAD). */
  readonly address: string;
  readonly trouble: 'not_loaded' | 'not_a_script' | 'in_a_file' | null;
  /** Nobody has looked at it, so it may be broken. */
  readonly isUnseen?: true;
}

/** The outcome of a request to the Authorization server, on the same route as every request for a license. */
export interface TrialRequest {
  readonly issuer: string;
  readonly host: string;
  readonly isEncrypted: boolean;
  /** Null if the server answered with usable metadata and keys. */
  readonly failure: Failure | null;
  readonly evidence: NetworkEvidence;
  /** The laptop that the request went through. Null if it took this computer's own route. */
  readonly laptop: UsedLaptop | null;
  readonly proxyScript: ProxyScript | null;
}

export interface UsedLaptop {
  readonly address: string;
  /** Why this computer cannot reach the server itself. Null if it can. */
  readonly ownFailure: Failure | null;
}

/** The folder that holds the settings and the license. */
export interface DataStorage {
  /** Free space of its disk in bytes. Null if the system does not report it. */
  freeBytes(): Promise<number | null>;
  /** Writes and deletes a file there. Failure: `settings_not_written`. */
  tryWriting(): Promise<Result<null>>;
}

/** What the network stack encountered on the way to an address, on the route that the last request of this server profile took. */
export interface NetworkWitness {
  evidence(url: string, profileId?: string): Promise<NetworkEvidence>;
}
