import { words } from '../../src-shared/words/words.ts';
import { Notice } from '../failure/Notice.tsx';
import { useConsole } from '../frame/console-context.ts';
import { systemHere } from '../frame/system-here.ts';

/** Another account of this computer holds the license: who, and what to do before making a second one. */
export function LicensedElsewhere() {
  const { licensedElsewhere } = useConsole().state;
  if (!licensedElsewhere) return null;
  const { osUser, serverName } = licensedElsewhere;
  const { headline, meaning } = words.license.licensedElsewhere;
  const windows = systemHere(navigator.userAgent) === 'Windows';
  return <Notice tone="caution" headline={headline(osUser, serverName)} meaning={meaning(osUser, windows)} />;
}
