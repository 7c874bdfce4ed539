import type { LicenseView } from '../../src-shared/window/console-state.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { settingsCode } from '../../src-shared/servers/settings-code.ts';
import type { SupportContactState } from '../../src-shared/support/support-contact.ts';
import { shown, shownText } from '../../src-shared/text/shown-text.ts';
import { handoverWords } from '../../src-shared/words/handover-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { rows, wrapped } from './terminal-text.ts';

/** What a handover sheet is about. `checks` is what the checks found, as lines. */
interface Handover {
  readonly license: LicenseView;
  readonly profile: ServerProfile;
  readonly installedBy: string;
  readonly checks: readonly string[];
  readonly support: SupportContactState;
}

/** The handover sheet as text, with what the printed page says. In place of the QR code is its text, which a person can paste. */
export function handoverLines(asFound: Handover, width: number): readonly string[] {
  const { license, profile, installedBy, checks, support } = shown(asFound);
  const { summary } = words.license;
  const { organization, licenseName } = license.details;
  const { settingLabels: labels } = handoverWords;
  const part = (heading: string, lines: readonly string[]) => ['', heading, ...lines];
  const each = (texts: readonly string[]) => texts.flatMap((text) => wrapped(text, width, '  '));
  return [
    ...wrapped(handoverWords.sheetTitle(profile.serverName), width),
    ...wrapped(handoverWords.made(license.evaluation.judgedAt, installedBy), width),
    '',
    ...filled(
      [
        [summary.server, profile.serverName],
        [summary.edition, words.frame.editions[profile.edition]],
        [summary.organization, organization?.name ?? organization?.id],
        [summary.license, licenseName],
        ...words.license.fields(license).map(({ label, value }): Row => [label, value]),
      ],
      width,
    ),
    '',
    ...wrapped(handoverWords.offline(license), width),
    ...part(handoverWords.checksHeading, each(checks)),
    ...part(
      handoverWords.newPcHeading,
      handoverWords.newPc('text').flatMap((step, place) => wrapped(step, width, `  ${place + 1}. `)),
    ),
    ...(support.state === 'set'
      ? part(handoverWords.supportHeading, each([words.support.contactText(support.contact)]))
      : []),
    ...part(
      handoverWords.settingsHeading,
      filled(
        [
          [labels.issuer, profile.issuer],
          [labels.clientId, profile.clientId],
          [labels.scope, profile.scope],
          [labels.resource, profile.resource],
          [labels.audience, profile.audience],
        ],
        width,
      ),
    ),
    // Not wrapped, so that a person can copy all of it.
    shownText(settingsCode(asFound.profile)),
  ];
}

type Row = readonly [label: string, value: string | undefined];

function filled(all: readonly Row[], width: number): readonly string[] {
  return rows(
    all.flatMap(([label, value]) => (value ? [[label, value] as const] : [])),
    width,
  );
}
