import type { ReactNode } from 'react';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { qrCode } from '../../src-shared/text/qr-code.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { settingsCode } from '../../src-shared/servers/settings-code.ts';
import { handoverWords } from '../../src-shared/words/handover-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { useSupportContact } from '../failure/support-contact.ts';
import { useConsole } from '../state/console-context.ts';
import { QrPicture } from '../controls/QrPicture.tsx';

interface HandoverSheetProps {
  readonly license: LicenseView;
  readonly profile: ServerProfile;
  readonly installedBy: string;
}

/** The sheet as it is printed: one page of A4 or Letter. */
export function HandoverSheet({ license, profile, installedBy }: HandoverSheetProps) {
  const { state } = useConsole();
  const support = useSupportContact();
  const { summary } = words.license;
  const { organization, licenseName } = license.details;
  const head: readonly Row[] = [
    [summary.server, profile.serverName],
    [summary.edition, words.frame.editions[profile.edition]],
    [summary.organization, organization?.name ?? organization?.id],
    [summary.license, licenseName],
    ...words.license.fields(license).map(({ label, value }): Row => [label, value]),
  ];
  return (
    <article className="card sheet" aria-labelledby="sheet-title">
      <h2 id="sheet-title">{handoverWords.sheetTitle(profile.serverName)}</h2>
      <p className="sheet-made">{handoverWords.made(license.evaluation.judgedAt, installedBy)}</p>
      <Rows rows={head} />
      <p className="sheet-offline">{handoverWords.offline(license)}</p>
      <Part heading={handoverWords.checksHeading}>
        <Lines lines={handoverWords.checks(state.preflight)} />
      </Part>
      <Part heading={handoverWords.newPcHeading}>
        <ol>
          {handoverWords.newPc('qr_code').map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Part>
      {support?.state === 'set' ? (
        <Part heading={handoverWords.supportHeading}>
          <p>{words.support.contactText(support.contact)}</p>
        </Part>
      ) : null}
      <Settings profile={profile} />
    </article>
  );
}

type Row = readonly [label: string, value: string | undefined];

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <dl className="sheet-rows">
      {rows.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line, index) => <p key={`${index}-${line}`}>{line}</p>);
}

function Part({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{heading}</h3>
      {children}
    </section>
  );
}

/** What a new computer needs, to read and to scan. */
function Settings({ profile }: Pick<HandoverSheetProps, 'profile'>) {
  const code = qrCode(settingsCode(profile), 'M');
  const { settingLabels } = handoverWords;
  return (
    <Part heading={handoverWords.settingsHeading}>
      <div className="sheet-settings">
        <Rows
          rows={[
            [settingLabels.issuer, profile.issuer],
            [settingLabels.clientId, profile.clientId],
            [settingLabels.scope, profile.scope],
            [settingLabels.resource, profile.resource],
            [settingLabels.audience, profile.audience],
          ]}
        />
        <figure className="sheet-qr">
          {code ? <QrPicture code={code} label={handoverWords.qrAlternative} /> : null}
          <figcaption>{code ? handoverWords.qrNote : handoverWords.qrTooLong}</figcaption>
        </figure>
      </div>
    </Part>
  );
}
