import type { ConnectionView } from '../../src-shared/window/console-state.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { ExpiredPeerRule } from '../../src-shared/registers/local-api-view.ts';
import type { Result } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { AcquireLicense } from '../acquisition/acquire-license.ts';
import { UnfinishedAcquisition } from '../acquisition/unfinished-acquisition.ts';
import { KnownServer } from '../authorization/known-server.ts';
import { askForTime } from '../authorization/time-question.ts';
import type { KeychainWatch } from '../keychain/keychain-watch.ts';
import { HeldToken } from '../license/held-token.ts';
import { LicenseService } from '../license/license-service.ts';
import { observeHttp, type TrustedTime } from '../time/trusted-time.ts';
import { ProfilePeers } from '../peers/profile-peers.ts';
import type { SeenProofs } from '../peers/seen-proofs.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Http } from '../ports/http.ts';
import type { OwnComputer } from '../ports/own-computer.ts';
import type { Random } from '../ports/random.ts';
import type { Seal } from '../ports/seal.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { Timer } from '../ports/timer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import { RefreshLicense } from '../refresh/refresh-license.ts';
import { refreshDueAt } from '../refresh/refresh-schedule.ts';
import { RefreshScheduler } from '../refresh/refresh-scheduler.ts';
import { httpOfProfile } from './http-of-profile.ts';

/** The parts that all servers share. */
export interface SharedParts {
  readonly http: Http;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly keychainWatch: KeychainWatch;
  readonly random: Random;
  readonly documents: DocumentStore;
  readonly secrets: SecretStore;
  readonly seal: Seal;
  readonly ownComputer: OwnComputer;
  readonly tokenCrypto: TokenCrypto;
  readonly trustedTime: TrustedTime;
  readonly onUserCode: (userCode: string) => void;
  readonly onChanged: () => void;
  /** Called with an unexpected error. */
  readonly onFault: (thrown: unknown) => void;
  /** What to do with a peer whose license is past its renewal date. */
  readonly expiredPeers: () => ExpiredPeerRule;
  /** Proofs of possession that peers have shown. */
  readonly seenProofs: SeenProofs;
}

/** The parts of one server. */
interface ServerParts extends SharedParts {
  /** The server's name in the settings, now. */
  readonly serverName: () => string;
  /** Does another server at the same Authorization server have this name? */
  readonly isNameTaken: (serverName: string) => boolean;
  /** Gives the server another name. Failure: `settings_not_written`. */
  readonly rename: (serverName: string) => Result<null>;
  readonly onLicensed: () => void;
  /** Called with each answer of the Authorization server, also to the question about the time. */
  readonly onAnswer: () => void;
  /** Called before the license record is deleted, with the mark of trusted time in it. */
  readonly onMarkGoes: () => void;
  readonly onConnection: (connection: ConnectionView) => void;
  readonly onEvent: (event: LicenseEvent) => void;
}

/** The services of one server, for its current settings. */
export interface ServerServices {
  readonly license: LicenseService;
  readonly acquisition: AcquireLicense;
  readonly refresh: RefreshScheduler;
  /** Notices when tokens that could not be read are readable again. */
  readonly keychain: { begin(): void; stop(): void };
  readonly peers: ProfilePeers;
  readonly token: HeldToken;
  readonly knownServer: KnownServer;
}

/** Builds the services of one server. Uses neither the network nor the keychain. */
export function composeServices(profile: ServerProfile, parts: ServerParts): ServerServices {
  const ownHttp = httpOfProfile(parts.http, profile.id);
  let answers = false;
  const http = observeHttp(ownHttp, parts.trustedTime, (outcome) => {
    answers = outcome.ok;
    if (outcome.ok) parts.onAnswer();
    parts.onConnection(outcome.ok ? { state: 'online' } : { state: 'offline', failure: outcome.failure });
  });
  // To a clock that is ahead, a new token looks old. It is then due after half of its remaining time, not again and again.
  const dueAt = (issuedAt: number, expiresAt: number) =>
    refreshDueAt(Math.max(issuedAt, parts.trustedTime.evaluate().judgedAt), expiresAt, parts.random());
  const { documents, secrets, seal, trustedTime, clock, timer, random, onEvent } = parts;
  const onChanged = () => {
    token.licenseChanged();
    parts.onChanged();
  };
  const knownServer = new KnownServer({ http, quietHttp: ownHttp, documents }, profile.id, profile.issuer);
  const timeHttp = observeHttp(ownHttp, trustedTime, (outcome) => outcome.ok && parts.onAnswer());
  trustedTime.addSource(profile.id, {
    get endpoint() {
      return knownServer.keptTokenEndpoint;
    },
    get answers() {
      return answers;
    },
    ask: async () => {
      const endpoint = knownServer.keptTokenEndpoint;
      return endpoint !== null && (await askForTime(timeHttp, endpoint, profile.clientId));
    },
  });
  const license: LicenseService = new LicenseService(profile, {
    http,
    documents,
    secrets,
    seal,
    ownComputer: parts.ownComputer,
    crypto: parts.tokenCrypto,
    knownServer,
    trustedTime,
    onMarkGoes: parts.onMarkGoes,
    onChanged,
    onEvent,
    onGrantEnded: () => void refresh.checkSoon(),
  });
  const refresh: RefreshScheduler = new RefreshScheduler({
    license,
    refresh: new RefreshLicense(license, dueAt),
    trustedTime,
    timer,
    random,
    onChanged,
    onFault: parts.onFault,
  });
  const acquisition = new AcquireLicense({
    license,
    unfinished: new UnfinishedAcquisition(documents, profile.id),
    clock,
    timer,
    serverName: parts.serverName,
    isNameTaken: parts.isNameTaken,
    rename: parts.rename,
    refreshDueAt: dueAt,
    onUserCode: parts.onUserCode,
    onLicensed: () => {
      refresh.plan();
      void license.grants.endOpen();
      parts.onLicensed();
    },
    onChanged,
    onEvent,
  });
  const watched = {
    license,
    onBack: () => {
      void acquisition.resume();
      refresh.nudge();
    },
  };
  const keychain = {
    begin: () => parts.keychainWatch.begin(watched),
    stop: () => parts.keychainWatch.end(watched),
  };
  const peers = new ProfilePeers({
    license,
    knownServer,
    trustedTime,
    clock,
    timer,
    documents,
    crypto: parts.tokenCrypto,
    expiredPeers: parts.expiredPeers,
    seenProofs: parts.seenProofs,
  });
  const token = new HeldToken({ license, trustedTime });
  return { license, acquisition, refresh, keychain, peers, token, knownServer };
}
