import { useEffect } from 'react';
import type { LicensedElsewhere as Whose } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../state/announcer.ts';
import { useConsole } from '../state/console-context.ts';
import { systemHere } from '../state/system-here.ts';

/** Says which other account of this computer holds the license, and what to do before using a second license. */
export function LicensedElsewhere() {
  const { licensedElsewhere } = useConsole().state;
  const said = licensedElsewhere && sayWhose(licensedElsewhere);
  const spoken = said ? words.inSentences(said) : null;
  useEffect(() => {
    // The console finds this out only after the page is shown, so it is announced.
    if (spoken) announce(spoken);
  }, [spoken]);
  return said ? <Notice tone="caution" headline={said.headline} meaning={said.meaning} /> : null;
}

function sayWhose({ osUser, serverName }: Whose) {
  const { headline, meaning } = words.license.licensedElsewhere;
  const windows = systemHere(navigator.userAgent) === 'Windows';
  return { headline: headline(osUser, serverName), meaning: meaning(osUser, windows) };
}
