import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { isOpenPage, type PageName, type Place } from '../src-shared/window/place.ts';
import { shownStatus } from '../src-shared/license/shown-status.ts';
import { words } from '../src-shared/words/words.ts';
import { AlertBanner } from './alerts/AlertBanner.tsx';
import { useDownloads } from './authorization-pane/downloads.ts';
import { Workspace } from './authorization-pane/Workspace.tsx';
import { call, type Snapshot, send, useSnapshot } from './state/bridge.ts';
import { ErrorBoundary } from './failure/ErrorBoundary.tsx';
import { copiedForSupport } from './failure/support-contact.ts';
import { PageFailed } from './failure/PageFailed.tsx';
import { printPage } from './state/exports.ts';
import { forgetPlaceRequest, usePlaceRequest } from './frame/place-request.ts';
import { EndHelpDialog } from './frame/EndHelpDialog.tsx';
import { CloseDialog } from './frame/CloseDialog.tsx';
import { ConsoleContext, useConsole } from './state/console-context.ts';
import { repeatEarlyClick } from './frame/early-click.ts';
import { useFocusKeeper } from './frame/focus-keeper.ts';
import { lazyPart } from './frame/lazy-part.tsx';
import { LiveRegion } from './frame/LiveRegion.tsx';
import { useMenuChoices } from './frame/menu-choice.ts';
import { ModalDialog } from './controls/ModalDialog.tsx';
import { Page } from './frame/Page.tsx';
import { Rail } from './frame/Rail.tsx';
import { useRegionCycle } from './frame/region-cycle.ts';
import { TitleBar } from './frame/TitleBar.tsx';
import { Toast } from './frame/Toast.tsx';
import { toast } from './state/toast.ts';
import { askForDiagnostics, leaveDiagnostics, useDiagnosticsAsked } from './help/diagnostics-request.ts';
import { ManageLicensePage } from './license/ManageLicensePage.tsx';
import { useRemovalToast } from './license/removal-toast.ts';

const FirstRunPage = lazyPart(() => import('./settings/FirstRunPage.tsx'));
const SettingsPage = lazyPart(() => import('./settings/SettingsPage.tsx'));
const HistoryPage = lazyPart(() => import('./history/HistoryPage.tsx'));
const CreateClientDialog = lazyPart(() => import('./registers/CreateClientDialog.tsx'));
const CertificateDialog = lazyPart(() => import('./authorization-pane/CertificateDialog.tsx'));
const SignInDialog = lazyPart(() => import('./authorization-pane/SignInDialog.tsx'));
const BoardPage = lazyPart(async () => {
  const [script, { readAhead }] = await Promise.all([import('./board/BoardPage.tsx'), import('./board/board-read.ts')]);
  readAhead();
  return script;
});
const RegistersPage = lazyPart(() => import('./registers/RegistersPage.tsx'));
const OfferPage = lazyPart(() => import('./offer/OfferPage.tsx'));
const UseLaptopDialog = lazyPart(() => import('./laptop/UseLaptopDialog.tsx'));
const AboutDialog = lazyPart(() => import('./help/AboutDialog.tsx'));
const DiagnosticsDialog = lazyPart(() => import('./help/DiagnosticsDialog.tsx'));
const HandoverPage = lazyPart(() => import('./handover/HandoverPage.tsx'));
const HelpPage = lazyPart(() => import('./help/HelpPage.tsx'));

export function App() {
  const snapshot = useSnapshot();
  return snapshot ? <Console snapshot={snapshot} /> : <p className="lede">{words.frame.loading}</p>;
}

function Console({ snapshot }: { readonly snapshot: Snapshot }) {
  const { state, arrivedMs } = snapshot;
  const [place, setPlace] = useState<Place>({ page: 'license' });
  const [moved, setMoved] = useState(false);
  const [covers, setCovers] = useState(0);
  const [creating, setCreating] = useState(false);
  const go = useCallback((next: Place) => {
    forgetPlaceRequest();
    setPlace(next);
    setMoved(true);
    // An unfinished form closes with its page. A secret stays.
    setCreating(false);
  }, []);
  usePlaceRequest(go, covers > 0);
  useEffect(repeatEarlyClick, []);
  useEffect(ignoreHeldEnter, []);
  const coverPane = useCallback((change: 1 | -1) => setCovers((count) => count + change), []);
  const createClient = useCallback(() => setCreating(true), []);
  const [about, setAbout] = useState(false);
  const showAbout = useCallback(() => setAbout(true), []);
  const [pairing, setPairing] = useState(false);
  const pairLaptop = useCallback(() => setPairing(true), []);
  const diagnostics = useDiagnosticsAsked();
  useMenuChoices({
    about: showAbout,
    print: printPage,
    handover: () => go({ page: 'handover' }),
    copy_for_support: () =>
      void call('support.copy', { code: 'none' }).then(async (copied) => toast(copied, await copiedForSupport())),
    save_diagnostics: askForDiagnostics,
    open_log_folder: () =>
      void call('support.open_log_folder').then((opened) => toast(opened, words.about.logFolderOpened)),
  });
  const access = useMemo(
    () => ({ state, arrivedMs, go, createClient, showAbout, pairLaptop, isPairing: pairing, coverPane }),
    [state, arrivedMs, go, createClient, showAbout, pairLaptop, pairing, coverPane],
  );
  useDownloads();
  useRegionCycle();
  useFocusKeeper();
  useRemovalToast(state);
  const status = shownStatus(state);
  // The last server may be forgotten elsewhere, for example in a terminal, while this page shows its settings.
  const pages = { firstRun: status === 'first_run', licensed: state.license !== null };
  if (!isOpenPage(place.page, pages)) setPlace({ page: 'license' });
  const serverName = state.profile?.serverName;
  useEffect(() => {
    document.documentElement.lang = words.languageTag;
    document.title = words.frame.windowTitle(serverName, words.license.statusHeadlines[status]);
  }, [serverName, status]);
  return (
    <ConsoleContext value={access}>
      <div className="frame">
        <ErrorBoundary
          part="title_bar"
          of={state.revision}
          renderFailed={() => <TitleBar profile={null} servers={[]} isSandbox={false} go={go} />}
        >
          <TitleBar profile={state.profile} servers={state.servers} isSandbox={state.isSandbox} go={go} />
        </ErrorBoundary>
        <Rail
          current={place.page === 'handover' ? 'license' : place.page}
          firstRun={status === 'first_run'}
          helps={state.offer !== null}
          onAboutToOpen={(page) => laterPages[page]?.loadAhead()}
          go={go}
        />
        <ErrorBoundary part="banner" of={state.revision} renderFailed={() => null}>
          <AlertBanner page={place.page} />
        </ErrorBoundary>
        <OpenPage place={place} moved={moved} covered={covers > 0} />
        <Toast />
        <LiveRegion />
        {creating || state.newClientSecret ? (
          <DialogBoundary onClosed={() => setCreating(false)}>
            <CreateClientDialog onClosed={() => setCreating(false)} />
          </DialogBoundary>
        ) : null}
        {about ? (
          <DialogBoundary onClosed={() => setAbout(false)}>
            <AboutDialog onClosed={() => setAbout(false)} />
          </DialogBoundary>
        ) : null}
        {pairing ? (
          <DialogBoundary onClosed={() => setPairing(false)}>
            <UseLaptopDialog onClosed={() => setPairing(false)} />
          </DialogBoundary>
        ) : null}
        {diagnostics ? (
          <DialogBoundary onClosed={leaveDiagnostics}>
            <DiagnosticsDialog onClosed={leaveDiagnostics} />
          </DialogBoundary>
        ) : null}
        {state.signInQuestion ? (
          <DialogBoundary onClosed={() => state.signInQuestion && send('sign_in.cancel', state.signInQuestion)}>
            {state.signInQuestion.kind === 'certificate' ? (
              <CertificateDialog key={state.signInQuestion.id} question={state.signInQuestion} />
            ) : (
              <SignInDialog key={state.signInQuestion.id} question={state.signInQuestion} />
            )}
          </DialogBoundary>
        ) : null}
        {state.background.asking ? (
          <DialogBoundary onClosed={() => send('background.stay_open')}>
            {state.background.asking === 'end_help' ? <EndHelpDialog /> : <CloseDialog />}
          </DialogBoundary>
        ) : null}
      </div>
    </ConsoleContext>
  );
}

/** Replaces a dialog that could not be shown. Its question stays unanswered. */
function DialogBoundary({ onClosed, children }: { readonly onClosed: () => void; readonly children: ReactNode }) {
  return (
    <ErrorBoundary
      part="dialog"
      renderFailed={(again) => (
        <ModalDialog heading={words.frame.productName} onClosed={onClosed}>
          {() => <PageFailed again={again} />}
        </ModalDialog>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

interface OpenPageProps {
  readonly place: Place;
  readonly moved: boolean;
  readonly covered: boolean;
}

/** The open page, or an error notice until the person goes to another page. */
function OpenPage({ place, moved, covered }: OpenPageProps) {
  const { state } = useConsole();
  const isOffer = place.page === 'offer';
  const inWorkspace = isOffer || (place.page === 'license' && state.profile !== null);
  const page = (
    <ErrorBoundary
      key={place.page}
      part={place.page}
      of={state.profile?.id}
      renderFailed={(again) => (
        <Page title={titleOf(place, inWorkspace)} breadcrumb={false} inWorkspace={inWorkspace} takesFocus={moved}>
          <PageFailed again={again} />
        </Page>
      )}
    >
      {inWorkspace && !isOffer ? <ManageLicensePage takesFocus={moved} /> : <LoadedPage place={place} moved={moved} />}
    </ErrorBoundary>
  );
  return inWorkspace ? (
    <Workspace key={isOffer ? 'offer' : 'license'} helps={isOffer} covered={covered}>
      {page}
    </Workspace>
  ) : (
    page
  );
}

/** The pages of the rail whose scripts are loaded when somebody is about to open them. The page of the license is part of the start. */
const laterPages: Partial<Record<PageName, { loadAhead(): void }>> = {
  help: HelpPage,
  history: HistoryPage,
  registers: RegistersPage,
  board: BoardPage,
  settings: SettingsPage,
  offer: OfferPage,
};

function LoadedPage({ place, moved }: Omit<OpenPageProps, 'covered'>) {
  const { state } = useConsole();
  const whileLoading = (
    <Page title={titleOf(place, false)} breadcrumb={false} inWorkspace={place.page === 'offer'} takesFocus={false}>
      {null}
    </Page>
  );
  if (place.page === 'help') return <HelpPage place={place} whileLoading={whileLoading} />;
  if (place.page === 'history') return <HistoryPage whileLoading={whileLoading} />;
  if (place.page === 'registers') return <RegistersPage whileLoading={whileLoading} />;
  if (place.page === 'board') return <BoardPage whileLoading={whileLoading} />;
  if (place.page === 'settings') return <SettingsPage whileLoading={whileLoading} />;
  if (place.page === 'offer') return <OfferPage takesFocus={moved} whileLoading={whileLoading} />;
  if (place.page === 'handover' && state.license && state.profile)
    return <HandoverPage license={state.license} profile={state.profile} whileLoading={whileLoading} />;
  return <FirstRunPage takesFocus={moved} whileLoading={whileLoading} />;
}

function titleOf({ page }: Place, inWorkspace: boolean): string {
  if (page === 'offer') return words.offer.pageTitle;
  if (inWorkspace) return words.license.pageTitle;
  if (page === 'handover') return words.license.handover;
  if (page === 'help') return words.frame.pages.help;
  if (page === 'history') return words.history.pageTitle;
  if (page === 'registers') return words.peers.pageTitle;
  if (page === 'board') return words.board.pageTitle;
  return page === 'settings' ? words.settings.pageTitle : words.firstRun.pageTitle;
}

/**
 * Ignores repeated Enter keys. A held Enter key would press the button again and again, and then also the button of a dialog
 * that the first press opened.
 */
function ignoreHeldEnter(): () => void {
  const refuse = (event: KeyboardEvent) => {
    if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) event.preventDefault();
  };
  document.addEventListener('keydown', refuse, true);
  return () => document.removeEventListener('keydown', refuse, true);
}
