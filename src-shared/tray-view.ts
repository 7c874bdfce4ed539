import type { ConsoleStanding, ServerStanding } from './console-standing.ts';
import { keychainTroubleOf } from './keychain-trouble.ts';
import type { ClockStatus } from './license-status.ts';
import type { Tone } from './status-tone.ts';
import { words } from './words/words.ts';

/** What the icon beside the system's clock tells. */
export interface TrayView {
  readonly tone: Exclude<Tone, 'info'>;
  readonly tooltip: string;
  /** One line a server for the menu. */
  readonly lines: readonly string[];
}

const gravity: readonly TrayView['tone'][] = ['neutral', 'good', 'caution', 'critical'];
const longestTooltip = 127;

/** The gravest of all servers gives the look; the tooltip names it, and when the next refresh comes. */
export function trayView({ servers, clock }: ConsoleStanding): TrayView {
  const found = servers.map((server) => ({ ...server, ...judge(server, clock) }));
  const [gravest] = found.toSorted((one, other) => gravity.indexOf(other.tone) - gravity.indexOf(one.tone));
  const { tray } = words;
  if (!gravest) return { tone: 'neutral', tooltip: tray.noServer, lines: [] };
  const next = Math.min(...found.map(({ refresh }) => refresh.nextRefreshAt ?? Number.POSITIVE_INFINITY));
  const line = tray.server(gravest.serverName, gravest.headline);
  const tooltip = Number.isFinite(next) ? `${line} ${tray.nextRefresh(next)}` : line;
  return {
    tone: gravest.tone,
    tooltip: tooltip.length > longestTooltip ? `${tooltip.slice(0, longestTooltip - 1)}…` : tooltip,
    lines: found.map(({ serverName, headline }) => tray.server(serverName, headline)),
  };
}

type Judged = { readonly tone: TrayView['tone']; readonly headline: string };

function judge({ license, refresh, keychain }: ServerStanding, clock: ClockStatus): Judged {
  const { statusHeadlines } = words.license;
  if (!license) return { tone: 'neutral', headline: statusHeadlines.not_licensed };
  const { renewal, token } = license.evaluation;
  if (renewal.state === 'expired') return { tone: 'critical', headline: statusHeadlines.expired };
  if (token.state === 'expired') return { tone: 'critical', headline: words.attention.tokenExpired.headline };
  if (refresh.lastFailure?.code === 'invalid_grant')
    return { tone: 'caution', headline: words.attention.authorizeAgain.headline };
  if (clock.state === 'wrong') return { tone: 'caution', headline: words.attention.clockWrong.headline };
  const trouble = keychainTroubleOf(keychain, refresh.lastFailure);
  if (trouble) return { tone: 'caution', headline: words.failureWords(trouble).headline };
  if (token.state === 'expires_soon') return { tone: 'caution', headline: words.attention.tokenExpiresSoon.headline };
  return { tone: renewal.state === 'licensed' ? 'good' : 'caution', headline: statusHeadlines[renewal.state] };
}
