import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectConsole } from './bridge.ts';
import { ErrorBoundary } from './failure/ErrorBoundary.tsx';
import { WindowFailed } from './failure/WindowFailed.tsx';
import { connectPlaceRequest } from './frame/place-request.ts';

const root = document.getElementById('root');
if (root) {
  connectPlaceRequest();
  connectConsole();
  createRoot(root).render(
    <ErrorBoundary part="window" renderFailed={(again) => <WindowFailed again={again} />}>
      <App />
    </ErrorBoundary>,
  );
}
