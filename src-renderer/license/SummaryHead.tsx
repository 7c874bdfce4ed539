import { hostOfIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { useConsole } from '../state/console-context.ts';

/** The heading of the printed summary. Not shown on the screen. */
export function SummaryHead({ license }: { readonly license: LicenseView }) {
  const { state } = useConsole();
  const { profile } = state;
  if (!profile) return null;
  const summary = words.license.summary;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [summary.server, profile.serverName],
    [summary.edition, words.frame.editions[profile.edition]],
    [summary.organization, license.details.organization?.name ?? license.details.organization?.id],
    [summary.license, license.details.licenseName],
    [summary.authorizationServer, hostOfIssuer(profile.issuer)],
  ];
  return (
    <div className="summary-head print-only">
      <p className="summary-title">{summary.title}</p>
      <p>{summary.printed(state.at)}</p>
      <dl className="fields">
        {rows.map(([label, value]) =>
          value ? (
            <div className="field" key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  );
}
