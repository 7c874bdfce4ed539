import type { AcquisitionState } from '../../../src-shared/license/acquisition-state.ts';
import type { LaptopView } from '../../../src-shared/pairing/laptop-view.ts';
import type { OfferView } from '../../../src-shared/pairing/pairing.ts';
import type { Failure } from '../../../src-shared/result.ts';
import { shownDocument } from '../../../src-shared/text/shown-text.ts';
import { reportedClock } from '../../../src-shared/license/license-status.ts';
import { instantOf } from '../../../src-shared/instant.ts';
import { type DiagnosticsPart, type DiagnosticsServices, servicesOf } from '../diagnostics-part.ts';
import { inBlocks, rowsOf } from '../rows.ts';

/** What the console is doing, and what failed last. */
export const state: DiagnosticsPart = {
  kind: 'state',
  name: 'state.txt',
  async gather({ scene }) {
    const services = servicesOf(scene);
    const { servers, trustedTime } = services;
    const { clock: status, judgedAt } = trustedTime.evaluate();
    const clock = reportedClock(status);
    const time = {
      clock: clock.state,
      ...(clock.state === 'right'
        ? {}
        : { local_at: instantOf(clock.localAt), trusted_at: instantOf(clock.trustedAt) }),
      judged_at: instantOf(judgedAt),
    };
    const ofServers = servers.map(({ profile, acquisition, refresh, connection, removal, license }) => {
      const refreshed = refresh.view();
      return {
        server_name: profile.serverName,
        acquisition: acquisitionMembers(acquisition.view()),
        connection: connection.state === 'offline' ? { state: 'offline', ...failed(connection.failure) } : connection,
        refresh: {
          running: refreshed.refreshing,
          last_at: instantOf(refreshed.lastRefreshedAt),
          next_at: instantOf(refreshed.nextRefreshAt),
          can_be_refreshed: !refreshed.withoutRefreshToken,
          last_failure: refreshed.lastFailure && failed(refreshed.lastFailure),
          last_failure_at: instantOf(refreshed.lastFailureAt),
        },
        removal: removal.state,
        keychain: license.keychainTrouble ? failed(license.keychainTrouble) : 'works',
      };
    });
    const blocks = ofServers.map((members, place) => rowsOf(shownDocument(members), `server[${place + 1}]`));
    const { offer, laptop } = services.pairing();
    const paired = [
      offer ? rowsOf(shownDocument(offerMembers(offer)), 'offer') : [],
      laptop ? rowsOf(shownDocument(laptopMembers(laptop, servers)), 'laptop') : [],
    ].filter((block) => block.length > 0);
    return [{ name: 'state.txt', lines: inBlocks([rowsOf(time), ...blocks, ...paired]) }];
  },
};

/** The pairing code and its QR code are left out, and what servers reported. */
function offerMembers(offer: OfferView) {
  const { state, end, failureCode, addresses, port, endsAt, wrongFrom, otherVersion, servers } = offer;
  return {
    state,
    end,
    failure: failureCode,
    addresses,
    port,
    ends_at: instantOf(endsAt),
    wrong_codes_from: wrongFrom,
    other_version: otherVersion?.is,
    other_version_from: otherVersion?.from,
    server: servers.map(({ connected, left, link, reportedAt, issuer, relayed, report }) => ({
      issuer: report?.issuer,
      trust: issuer.state,
      ...(issuer.state === 'failed' ? { failure: issuer.code } : {}),
      connected,
      left,
      link,
      reported_at: instantOf(reportedAt ?? undefined),
      relayed: relayed.map(inSnakeCase),
    })),
  };
}

/** All that is shown of it, except the words. `server` is the number of the server that it helps, as in `server[1]`. */
function laptopMembers(laptop: LaptopView, servers: DiagnosticsServices['servers']) {
  const { profileId, ...members } = laptop;
  return inSnakeCase({
    ...members,
    server: servers.findIndex(({ profile }) => profile.id === profileId) + 1,
    words: undefined,
    endsAt: 'endsAt' in laptop ? instantOf(laptop.endsAt) : undefined,
  });
}

const inSnakeCase = (members: object) =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]: [string, unknown]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

/** The User Code is left out: a stranger who has it could ask a person to confirm it. */
function acquisitionMembers(acquisition: AcquisitionState) {
  switch (acquisition.state) {
    case 'awaiting_authorization': {
      const { code, poll } = acquisition;
      return {
        state: acquisition.state,
        seconds_left: Math.round(code.remainingSeconds),
        interval_seconds: poll.intervalSeconds,
        trouble: poll.trouble && failed(poll.trouble),
      };
    }
    case 'failed':
      return { state: acquisition.state, ...failed(acquisition.failure) };
    case 'confirming_server':
      return { state: acquisition.state, differs: acquisition.difference.differs.join(', ') };
    case 'idle':
    case 'requesting_code':
    case 'storing_license':
      return { state: acquisition.state };
  }
}

/** The code, its technical facts, and what the server said. */
function failed({ code, facts, detail }: Failure) {
  const { status, error, cause, portal, net_error } = facts ?? {};
  return { code, cause, net_error, status, error, portal, detail };
}
