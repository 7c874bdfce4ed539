import { type AlertView, thisComputer } from '../notifications/alert.ts';
import type { ConsoleStanding, ServerStanding } from './console-standing.ts';
import { helpedCount } from '../pairing/helped-count.ts';
import type { OfferView } from '../pairing/pairing.ts';
import { shownText } from '../text/shown-text.ts';
import type { Tone } from '../license/status-tone.ts';
import { words } from '../words/words.ts';

/** What the tray icon shows. */
export interface TrayView {
  readonly tone: Exclude<Tone, 'info'>;
  readonly tooltip: string;
  /** One line for what concerns this computer and no server, then one for each server, for the menu. */
  readonly lines: readonly string[];
  /** What the menu says about the servers that this computer helps. Null if no help is offered. */
  readonly help: string | null;
  /** Check License Now, for the server that the icon is about, if it is licensed. Null if no license can be checked. */
  readonly check: {
    /** The server's profile ID, which nobody sees. */
    readonly key: string;
    readonly label: string;
  } | null;
}

const gravity: readonly TrayView['tone'][] = ['neutral', 'good', 'caution', 'critical'];
const longestTooltip = 127;

/**
 * The server with the most urgent state determines the icon. The tooltip says what is wrong there and when the next refresh is.
 * `alerts` are sorted, most urgent first, so the tray says the same as a notification.
 */
export function trayView(
  { servers }: ConsoleStanding,
  alerts: readonly AlertView[],
  offer: OfferView | null = null,
): TrayView {
  const help = offer?.state === 'open' ? words.tray.helping(helpedCount(offer), offer.endsAt) : null;
  const ofComputer = alerts.filter(({ profileId }) => profileId === thisComputer).map(sayAlert);
  const found = servers.map((server) => ({ ...server, ...say(server, alerts) }));
  const sorted = found.toSorted(byGravity);
  const [gravest] = [...ofComputer, ...found].toSorted(byGravity);
  if (!gravest) return { tone: 'neutral', tooltip: help ?? words.tray.noServer, lines: [], help, check: null };
  const next = Math.min(...servers.map(({ refresh }) => refresh.nextRefreshAt ?? Number.POSITIVE_INFINITY));
  const tooltip = Number.isFinite(next) ? `${gravest.line} ${words.tray.nextRefresh(next)}` : gravest.line;
  return {
    tone: gravest.tone,
    tooltip: shownText(tooltip, longestTooltip),
    lines: [...ofComputer, ...found].map(({ line }) => shownText(line)),
    help,
    check: checkOf(sorted),
  };
}

/** `servers` are sorted, the most serious first. */
function checkOf(servers: readonly ServerStanding[]): TrayView['check'] {
  const checked = servers.find(({ license, refresh }) => license && !refresh.withoutRefreshToken);
  if (!checked) return null;
  const { profileId: key, serverName } = checked;
  const label = servers.length > 1 ? words.check.actionFor(serverName) : words.check.action;
  return { key, label: shownText(label) };
}

interface Said {
  readonly tone: TrayView['tone'];
  readonly line: string;
}

const byGravity = (one: Said, other: Said): number => gravity.indexOf(other.tone) - gravity.indexOf(one.tone);

const sayAlert = (alert: AlertView): Said => ({
  tone: alert.tone,
  line: words.tray.alert(alert.serverName, words.alerts.cause(alert, alert.at).title),
});

function say({ profileId, serverName, license }: ServerStanding, alerts: readonly AlertView[]): Said {
  const alert = alerts.find((candidate) => candidate.profileId === profileId);
  if (alert) return sayAlert({ ...alert, serverName });
  const status = license?.evaluation.renewal.state ?? 'not_licensed';
  return {
    tone: license ? 'good' : 'neutral',
    line: words.tray.server(serverName, words.license.statusHeadlines[status]),
  };
}
