import type { HelpedServer } from '../../src-shared/pairing.ts';
import { words } from '../../src-shared/words/words.ts';
import { useConsole } from '../frame/console-context.ts';
import { HelpedServerRow } from './HelpedServerRow.tsx';
import { nextForPerson } from './row-state.ts';

/** The servers that have connected, the last one first. The first one that waits has the primary button. */
export function HelpedServers({ servers }: { readonly servers: readonly HelpedServer[] }) {
  const { at } = useConsole().state;
  const newestFirst = servers.toReversed();
  const next = nextForPerson(servers, at);
  return (
    <section className="helped" aria-labelledby="helped-heading">
      <h2 className="section-heading" id="helped-heading">
        {words.offer.servers}
      </h2>
      {servers.length === 0 ? <p className="section-note">{words.offer.noServer}</p> : null}
      <ul className="helped-list">
        {newestFirst.map((server) => (
          <HelpedServerRow key={server.id} server={server} isNext={server === next} />
        ))}
      </ul>
    </section>
  );
}
