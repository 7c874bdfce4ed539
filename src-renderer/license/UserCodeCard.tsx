import { useEffect, useRef, useState } from 'react';
import type { UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { OpenCodePage } from '../authorization-pane/OpenCodePage.tsx';
import { call } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useElapsedMs } from '../state/elapsed-time.ts';
import { Icon } from '../controls/Icon.tsx';
import { lazyPart } from '../frame/lazy-part.tsx';
import { userCodeGroups } from './user-code-groups.ts';

const UserCodeQr = lazyPart(() => import('./UserCodeQr.tsx'));

/** How long the card says that something was copied. Later the clipboard may hold something else. */
const saysCopiedMs = 10_000;

interface Copied {
  readonly copied: boolean;
  readonly said: string;
}

interface UserCodeCardProps {
  readonly code: UserCodeView;
  /** Offers to open the page for the code. */
  readonly opensPage: boolean;
  /** The id of what to do next, for a screen reader. */
  readonly describedBy: string | undefined;
}

/** The User Code in large type, with its actions. The console copies it to the clipboard at once. */
export function UserCodeCard({ code, opensPage, describedBy }: UserCodeCardProps) {
  const [qrShown, setQrShown] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const [outcome, setOutcome] = useState<Copied | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const fading = setTimeout(() => setOutcome(null), saysCopiedMs);
    return () => clearTimeout(fading);
  }, [outcome]);
  const ageMs = (code.lifeSeconds - code.remainingSeconds) * 1000 + useElapsedMs(1000);
  const isFresh = code.copied === true && ageMs < saysCopiedMs;
  const messageIsOld = code.messageIsOld === true;
  useEffect(() => {
    if (messageIsOld) announce(words.headOffice.oldCode);
  }, [messageIsOld]);
  const warning = messageIsOld ? { copied: false, said: words.headOffice.oldCode } : null;
  const said = outcome ?? warning ?? (isFresh ? { copied: true, said: words.acquisition.copiedToClipboard } : null);
  const tell = (copied: Result<null>, done: string) => {
    const said = copied.ok ? done : words.failureWords(copied.failure).headline;
    setOutcome({ copied: copied.ok, said });
    announce(said);
  };
  const copy = async () => tell(await call('acquisition.copy_user_code'), words.acquisition.copiedToClipboard);
  const copyAddress = async () =>
    tell(await call('acquisition.copy_verification_address'), words.acquisition.addressCopied);
  const address = code.verificationUriComplete ?? code.verificationUri;
  return (
    <section
      className="user-code-card"
      ref={box}
      tabIndex={-1}
      aria-label={words.acquisition.userCode}
      aria-describedby={describedBy}
    >
      <div className="user-code-row">
        <p className="user-code" data-testid="user-code">
          {userCodeGroups(code.userCode).map((group, index) => (
            <span key={`${index}-${group}`}>{group}</span>
          ))}
        </p>
        <div className="step-actions">
          <Button icon="copy" onPress={() => void copy()}>
            {words.acquisition.copy}
          </Button>
          <IconButton
            icon="phone"
            label={words.acquisition.byPhone}
            expanded={qrShown}
            onPress={() => setQrShown(!qrShown)}
          />
        </div>
      </div>
      <div className="user-code-row">
        {said ? (
          <span className="copied" data-failed={!said.copied || undefined}>
            <Icon name={said.copied ? 'check' : 'warning'} />
            {said.said}
          </span>
        ) : null}
        <TimeLeft code={code} />
      </div>
      <div className="user-code-address">
        <span className="user-code-address-label">{words.acquisition.enterAt}</span>
        <span className="user-code-address-value">
          <span className="verification-address">{code.verificationUri}</span>
          <IconButton icon="copy" label={words.acquisition.copyAddress} onPress={() => void copyAddress()} />
        </span>
      </div>
      {opensPage ? (
        <div className="step-actions user-code-actions">
          <OpenCodePage code={code} />
        </div>
      ) : null}
      {qrShown ? <UserCodeQr address={address} otherSite={code.otherSite === true} /> : null}
    </section>
  );
}

function TimeLeft({ code }: { readonly code: UserCodeView }) {
  const secondsLeft = Math.max(0, code.remainingSeconds - useElapsedMs(1000) / 1000);
  const share = code.lifeSeconds > 0 ? Math.min(1, secondsLeft / code.lifeSeconds) : 0;
  return (
    <div className="time-left" data-urgent={secondsLeft < 60 || undefined}>
      <span role="timer" aria-label={words.acquisition.timeLeftLabel}>
        {words.acquisition.timeLeft(secondsLeft)}
      </span>
      <span className="time-left-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
