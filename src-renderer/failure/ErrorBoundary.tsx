import { Component, type ReactNode } from 'react';
import { pageFailure, type WindowPart } from '../../src-shared/page-failure.ts';
import { send } from '../bridge.ts';

interface ErrorBoundaryProps {
  readonly part: WindowPart;
  /** What the part shows: where it is something else, the part is tried again by itself. */
  readonly of?: unknown;
  /** In place of what could not be shown; `again` tries to show it. */
  readonly renderFailed: (again: () => void) => ReactNode;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly failed: boolean;
  readonly triedAgain: boolean;
  /** What the part showed when it was drawn last. */
  readonly of: unknown;
}

/**
 * What goes wrong while one part of the window is drawn takes that part alone, and is in the log. What fails again after it was
 * shown again loads the window: a script that could not be loaded is never asked for a second time otherwise.
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
