import type { ShownStatus } from '../../src-shared/shown-status.ts';
import { statusIcon, statusTone } from '../../src-shared/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../frame/Icon.tsx';

/** The License Status next to the title, while there is no license to show. */
export function StatusBadge({ status }: { readonly status: ShownStatus }) {
  const tone = statusTone(status, null);
  return (
    <span className="status-badge" data-tone={tone}>
      <Icon name={statusIcon(tone)} />
      <h2 className="status-headline" data-testid="license-status" data-license-status={status}>
        {words.license.statusHeadlines[status]}
      </h2>
    </span>
  );
}
