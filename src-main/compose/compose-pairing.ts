import type { OfferView } from '../../src-shared/pairing/pairing.ts';
import type { Board } from '../board/board.ts';
import { nearbyLaptops } from '../adapters/network/nearby-laptops.ts';
import type { ComposedParts } from './composed-parts.ts';
import { systemNetwork } from '../desktop/authorization-pane/pane-proxy/pane-connection.ts';
import { reachForServers } from '../desktop/reach-for-servers.ts';
import type { ProxySignIns } from '../keychain/proxy-sign-ins.ts';
import { AnnouncedOffer } from '../pairing/laptop/announced-offer.ts';
import { Offer } from '../pairing/laptop/offer.ts';
import { LaptopPairing } from '../pairing/server/laptop-pairing.ts';
import type { Http } from '../ports/http.ts';
import type { RelayControl } from '../ports/relay.ts';
import type { StayAwake } from '../ports/stay-awake.ts';
import { reportForLaptop } from '../servers/report-for-laptop.ts';

interface PairingDeps extends ComposedParts {
  readonly http: Http;
  readonly proxySignIns: ProxySignIns;
  readonly relay: RelayControl;
  readonly board: Board;
  readonly stayAwake: StayAwake;
  readonly version: string;
}

/** Both ends of a pairing, since each console can be either: `offer` is the laptop's, `laptop` is the server's. */
export function composePairing({
  http,
  proxySignIns,
  relay,
  servers,
  profiles,
  board,
  stayAwake,
  version,
  ...deps
}: PairingDeps) {
  const { log, changes } = deps;
  const offer: Offer = new Offer({
    ...deps,
    http,
    reach: reachForServers(() => systemNetwork(proxySignIns)),
    // What the person confirmed for one server of this offer counts for the next ones.
    knownIssuers: () => [...profiles.all.map(({ issuer }) => issuer), ...confirmedIssuers(offer.view())],
    onReport: (report) => {
      if (report.acquisition.userCode !== undefined) log.conceal(report.acquisition.userCode);
      board.reportCame(report);
    },
    onChanged: changes.notify,
  });
  const laptop = new LaptopPairing({
    ...deps,
    report: (profileId) => {
      const server = servers.of(profileId);
      return server ? reportForLaptop(server, version) : null;
    },
    relay,
    isClockConfirmed: () => deps.trustedTime.isConfirmed,
    onChanged: changes.notify,
    onBack: (profileId) => servers.of(profileId)?.connectionIsBack(),
  });
  const nearby = nearbyLaptops(log);
  const announced = new AnnouncedOffer(offer, nearby);
  changes.subscribe(() => {
    laptop.look();
    announced.look();
    // The installer is at the rack, and asleep the laptop would drop the servers that it helps.
    stayAwake.set(offer.view()?.state === 'open');
  });
  return { offer, laptop, nearbyLaptops: nearby };
}

/** The issuers that a person confirmed for servers that this console helps. */
function confirmedIssuers(offer: OfferView | null): readonly string[] {
  const confirmed = (offer?.servers ?? []).filter(({ issuer }) => issuer.state === 'confirmed');
  return confirmed.flatMap(({ report }) => report?.issuer ?? []);
}
