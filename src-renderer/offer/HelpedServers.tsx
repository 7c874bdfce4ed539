import { useId } from 'react';
import type { HelpedServer } from '../../src-shared/pairing/pairing.ts';
import { HelpedServerRow } from './HelpedServerRow.tsx';

interface HelpedServersProps {
  readonly heading: string;
  readonly servers: readonly HelpedServer[];
  /** The newest of them is the next one to authorize, so it has the primary button. */
  readonly isNext?: boolean;
}

/** Servers that have connected, the newest first. Nothing if there are none. */
export function HelpedServers({ heading, servers, isNext = false }: HelpedServersProps) {
  const id = useId();
  if (servers.length === 0) return null;
  return (
    <section className="helped" aria-labelledby={id}>
      <h2 className="section-heading" id={id}>
        {heading}
      </h2>
      <ul className="helped-list">
        {servers.toReversed().map((server, place) => (
          <HelpedServerRow key={server.id} server={server} isNext={isNext && place === 0} />
        ))}
      </ul>
    </section>
  );
}
