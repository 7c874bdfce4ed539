import { createRoot } from 'react-dom/client';
import { words } from '../src-shared/words/words.ts';
import { App } from './App.tsx';
import { connectConsole } from './state/bridge.ts';
import { ErrorBoundary } from './failure/ErrorBoundary.tsx';
import { PageFailed } from './failure/PageFailed.tsx';
import { LiveRegion } from './frame/LiveRegion.tsx';
import { Page } from './frame/Page.tsx';
import { keepPressOfMovedButton } from './controls/moved-button.ts';
import { connectPlaceRequest } from './frame/place-request.ts';

const root = document.getElementById('root');
if (root) {
  connectPlaceRequest();
  keepPressOfMovedButton();
  connectConsole();
  createRoot(root).render(
    <ErrorBoundary part="window" renderFailed={(again) => <WindowFailed again={again} />}>
      <App />
    </ErrorBoundary>,
  );
}

/** Replaces the whole window, when the failure is outside its pages. */
function WindowFailed({ again }: { readonly again: () => void }) {
  return (
    <div className="frame">
      <header className="title-bar">
        <span className="title-name">{words.frame.productName}</span>
      </header>
      <Page title={words.frame.productName} breadcrumb={false} takesFocus>
        <PageFailed again={again} />
      </Page>
      <LiveRegion />
    </div>
  );
}
