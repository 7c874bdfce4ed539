import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { doubtOf } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import { failure } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { ServerSummary } from './license-document.ts';
import { rows, wrapped } from './terminal-text.ts';

/** The state of a server, in the words of the License page. */
export function reportLines(asFound: ServerSummary, width: number): readonly string[] {
  const report = shown(asFound);
  const { license, serverName, edition, option } = report;
  const facts = option === undefined ? {} : { option };
  const status = license?.evaluation.renewal.state ?? 'not_licensed';
  const headline = words.license.statusHeadlines[status];
  const newLicense = words.failureWords(failure('license_not_accepted_yet', { facts }));
  return [
    ...wrapped(terminalWords.serverLine(serverName, edition), width),
    ...wrapped(`${headline}. ${words.license.statusMeaning(status, license, report.clock)}`, width),
    ...(license
      ? ['', ...licenseRows(report, width)]
      : report.newLicenseWaits
        ? []
        : ['', ...wrapped(terminalWords.nextStep('acquire', facts) ?? '', width)]),
    ...(license && !report.isKept && !report.refresh.withoutRefreshToken
      ? ['', ...wrapped(terminalWords.notKept, width)]
      : []),
    ...(report.newLicenseWaits ? ['', ...wrapped(words.inSentences(newLicense), width)] : []),
    ...(report.removalWaits ? ['', ...wrapped(words.inSentences(words.license.removalWaits), width)] : []),
    ...troubleLines(report, width),
  ];
}

function licenseRows({ license, refresh, isKept, judgedAt }: ServerSummary, width: number): readonly string[] {
  if (!license) return [];
  const { fields, renewalClock, tokenClock, renewalClockLabel, tokenClockLabel, refreshLine } = words.license;
  const clockValue = ({ headline, detail }: { headline: string; detail: string }) => `${headline}, ${detail}`;
  const refreshed = refreshLine(refresh, judgedAt, isKept);
  return rows(
    [
      ...fields(license).map(({ label, value }) => [label, value] as const),
      [renewalClockLabel, clockValue(renewalClock(license, judgedAt))],
      [tokenClockLabel, clockValue(tokenClock(license, judgedAt))],
      ...(refreshed ? [[terminalWords.refreshLabel, refreshed] as const] : []),
    ],
    width,
  );
}

/** Problems that a person should know about, each with what to do. */
function troubleLines({ license, refresh, keychain, clock, option }: ServerSummary, width: number): readonly string[] {
  const { lastFailure, lastFailureAt } = refresh;
  const doubt = doubtOf(clock);
  const failures = [
    ...(license && refresh.withoutRefreshToken ? [cannotRenew(license, option)] : []),
    ...(license && lastFailure
      ? [
          {
            failure: lastFailure,
            lead: words.license.lastTryFailed(lastFailureAt, words.failureWords(lastFailure).headline),
          },
        ]
      : []),
    ...(keychain ? [{ failure: keychain, lead: words.sentenceOf(words.failureWords(keychain).headline) }] : []),
  ];
  const doubts = license ? words.license.claimDoubts(license.details) : [];
  const { renewal } = license?.evaluation ?? {};
  const { headline, meaning } = words.attention.claimsUnclear;
  const dateUnclear = renewal?.state === 'licensed' && renewal.dateUnclear === true;
  return [
    ...(doubts.length > 0 ? ['', ...wrapped(`${headline(dateUnclear)}. ${meaning(doubts)}`, width)] : []),
    ...(clock.state === 'wrong' ? ['', ...wrapped(preflightWords.clockIsWrong(clock), width)] : []),
    ...(doubt ? ['', ...wrapped(preflightWords.clockIsInDoubt(doubt), width)] : []),
    ...failures.flatMap(({ failure: reason, lead }) => {
      const next = terminalWords.nextStep(reason.remedy, reason.facts);
      const said = [lead, words.failureWords(reason).meaning, ...(next ? [next] : [])];
      return ['', ...said.flatMap((text) => wrapped(text, width))];
    }),
  ];
}

function cannotRenew({ details }: LicenseView, option?: string) {
  const facts = present({ expires_at: String(details.tokenExpiresAt), option });
  const reason = failure('no_refresh_token', { facts });
  return { failure: reason, lead: words.sentenceOf(words.failureWords(reason).headline) };
}
