import { words } from '../../src-shared/words/words.ts';
import { LiveRegion } from '../frame/LiveRegion.tsx';
import { Page } from '../frame/Page.tsx';
import { PageFailed } from './PageFailed.tsx';

/** Replaces the whole window, when the failure is outside its pages. */
export function WindowFailed({ again }: { readonly again: () => void }) {
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
