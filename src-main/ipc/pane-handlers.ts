import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, succeed } from '../../src-shared/result.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

/** What the page can do with the Authorization pane. */
export interface PaneControl {
  /** The address that *Open in browser* opens. */
  readonly browserAddress: string;
  show(open: boolean): void;
  /** Moves the pane to this place of the window, in pixels of the window. */
  place(bounds: { x: number; y: number; width: number; height: number }, visible: boolean): void;
  load(address: string): void;
  /** Goes to where a new User Code is entered, without losing what a person began on the shown page. */
  enterCode(codePage: string): void;
  focus(): void;
  back(): void;
  reload(): void;
  home(): void;
  zoom(change: 'in' | 'out' | 'reset'): void;
  find(text: string, backwards: boolean): void;
  stopFinding(): void;
  /** Resolves when everything that the sign-in left behind is gone. */
  signOut(): Promise<void>;
}

export interface PaneHandlersDeps {
  readonly pane: PaneControl;
  readonly profiles: ServerProfiles;
  /** The zoom factor of the console's own page: CSS pixels multiplied by it are pixels of the window. */
  readonly pageZoom: () => number;
  readonly openInBrowser: (url: string) => Promise<boolean>;
  readonly changed: () => void;
}

const done = succeed(null);

/** The handlers of the Authorization pane's own buttons. */
export function paneHandlers(deps: PaneHandlersDeps): HandlersOf<'pane'> {
  const { pane, profiles, pageZoom } = deps;
  const act = (action: () => void) => async () => {
    action();
    return done;
  };
  return {
    'pane.show': async ({ open }) => {
      pane.show(open);
      return done;
    },
    'pane.place': async ({ x, y, width, height, visible }) => {
      const zoom = pageZoom();
      pane.place({ x: x * zoom, y: y * zoom, width: width * zoom, height: height * zoom }, visible);
      return done;
    },
    'pane.split': async ({ percent }) => {
      profiles.savePane({ splitPercent: percent });
      return done;
    },
    'pane.back': act(() => pane.back()),
    'pane.reload': act(() => pane.reload()),
    'pane.home': act(() => pane.home()),
    'pane.zoom': async ({ change }) => {
      pane.zoom(change);
      return done;
    },
    'pane.focus': act(() => pane.focus()),
    'pane.find': async ({ text, backwards }) => {
      pane.find(text, backwards);
      return done;
    },
    'pane.stop_finding': act(() => pane.stopFinding()),
    'pane.open_in_browser': async () =>
      (await deps.openInBrowser(pane.browserAddress)) ? done : fail('address_not_allowed'),
    'pane.sign_out': async () => {
      await pane.signOut();
      return done;
    },
    'pane.sign_out_when_finished': async ({ on }) => {
      profiles.savePane({ signOutWhenFinished: on });
      deps.changed();
      return done;
    },
  };
}
