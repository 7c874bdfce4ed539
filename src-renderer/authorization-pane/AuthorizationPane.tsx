import { words } from '../../src-shared/words/words.ts';
import { send } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { AddressBar } from './AddressBar.tsx';
import { PanePlaceholder } from './PanePlaceholder.tsx';

/** The Authorization server beside the steps: its true address, and the place over which main lays its page. */
export function AuthorizationPane({ covered }: { readonly covered: boolean }) {
  const { pane } = useConsole().state;
  return (
    <section className="pane" aria-label={words.pane.regionLabel}>
      <AddressBar pane={pane} />
      <div className="pane-loading" data-loading={pane.loading || undefined} aria-hidden="true" />
      <div className="pane-place">
        <PanePlaceholder visible={!covered && !pane.failure} />
        {pane.failure ? (
          <div className="pane-failure" data-region="pane-failure" tabIndex={-1}>
            <FailureNotice
              failure={pane.failure}
              action={
                <Button
                  icon="reload"
                  onPress={() => {
                    send(pane.failure?.code === 'address_not_allowed' ? 'pane.home' : 'pane.reload');
                    send('pane.focus');
                  }}
                >
                  {pane.failure.code === 'address_not_allowed' ? words.pane.home : words.pane.reload}
                </Button>
              }
            />
          </div>
        ) : null}
      </div>
    </section>
  );
}
