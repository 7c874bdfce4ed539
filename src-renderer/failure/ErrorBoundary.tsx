import { Component, type ReactNode } from 'react';
import { pageFailure, type WindowPart } from '../../src-shared/window/page-failure.ts';
import { send } from '../state/bridge.ts';

interface ErrorBoundaryProps {
  readonly part: WindowPart;
  /** What the part shows. When it changes, the part is rendered again automatically. */
  readonly of?: unknown;
  /** Renders the replacement of the failed part. `again` tries to show the part once more. */
  readonly renderFailed: (again: () => void) => ReactNode;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly failed: boolean;
  readonly triedAgain: boolean;
  /** What the part showed at the last rendering. */
  readonly of: unknown;
}

/**
 * Limits a rendering error to one part of the window, and logs it. If the part fails again after a retry, the next retry
 * reloads the page, because a script that could not be loaded is otherwise never requested again.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override readonly state: ErrorBoundaryState = { failed: false, triedAgain: false, of: this.props.of };

  static getDerivedStateFromProps({ of }: ErrorBoundaryProps, shown: ErrorBoundaryState): ErrorBoundaryState | null {
    return shown.of === of ? null : { failed: false, triedAgain: false, of };
  }

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failed: true };
  }

  override componentDidCatch(thrown: unknown): void {
    send('page.failed', pageFailure(this.props.part, thrown));
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.renderFailed(this.#again) : this.props.children;
  }

  readonly #again = (): void => {
    if (this.state.triedAgain) send('page.reload');
    else this.setState({ failed: false, triedAgain: true });
  };
}
