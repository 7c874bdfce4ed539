import { type ReactNode, useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { ErrorBoundary } from '../failure/ErrorBoundary.tsx';
import { PageFailed } from '../failure/PageFailed.tsx';
import { useConsole } from '../state/console-context.ts';
import { AuthorizationPane } from './AuthorizationPane.tsx';

interface WorkspaceProps {
  readonly children: ReactNode;
  /** The page helps other servers. The pane is then for one of those, or hidden. */
  readonly helps?: boolean;
  /** A dialog covers the embedded page. */
  readonly covered: boolean;
}

const pagePanel = 'page-panel';
const authorizationPanel = 'authorization-panel';

/** A page with the Authorization pane next to it, while the pane is open for that page. */
export function Workspace({ children, helps = false, covered }: WorkspaceProps) {
  const { pane, profile, paneHelps } = useConsole().state;
  const { splitPercent } = pane;
  const isOfOther = helps === (paneHelps === null);
  const open = pane.open && !isOfOther;
  useEffect(() => {
    if (!helps && isOfOther) send('offer.leave_pane');
  }, [helps, isOfOther]);
  return (
    <main className="workspace-main">
      <Group
        className="workspace-panels"
        id="workspace"
        orientation="horizontal"
        onLayoutChanged={(layout, { isUserInteraction }) => {
          const percent = layout[pagePanel];
          if (isUserInteraction && percent !== undefined)
            send('pane.split', { percent: Math.min(90, Math.max(10, percent)) });
        }}
      >
        <Panel
          id={pagePanel}
          className="workspace-panel"
          defaultSize={open ? `${splitPercent}%` : '100%'}
          minSize={open ? '25%' : '100%'}
        >
          {children}
        </Panel>
        {open ? (
          <>
            <Separator className="splitter" aria-label={words.pane.splitter} />
            <Panel
              id={authorizationPanel}
              className="workspace-panel"
              defaultSize={`${100 - splitPercent}%`}
              minSize="30%"
            >
              <ErrorBoundary
                part="authorization_pane"
                of={profile?.id}
                renderFailed={(again) => (
                  <section className="pane" aria-label={words.pane.regionLabel}>
                    <div className="pane-place">
                      <div className="pane-failure" data-region="pane-failure" tabIndex={-1}>
                        <PageFailed again={again} />
                      </div>
                    </div>
                  </section>
                )}
              >
                <AuthorizationPane covered={covered} />
              </ErrorBoundary>
            </Panel>
          </>
        ) : null}
      </Group>
    </main>
  );
}
