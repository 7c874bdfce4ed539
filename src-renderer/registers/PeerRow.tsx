import { useState } from 'react';
import type { IconName } from '../../src-shared/window/icon-shapes.ts';
import type { PeerReason, PeerSeen } from '../../src-shared/registers/peer-verdict.ts';
import type { HelpTopic } from '../../src-shared/window/place.ts';
import type { Tone } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { peerTone } from './peer-list.ts';

const icons: Partial<Record<Tone, IconName>> = { critical: 'critical', caution: 'warning', good: 'good' };

interface PeerRowProps {
  readonly seen: PeerSeen;
  /** Trusted time at which the list was read, ms since the Unix epoch. */
  readonly nowAt: number;
}

/** One register or server: its name, whether it is accepted, and if not, why and what to do. */
export function PeerRow({ seen, nowAt }: PeerRowProps) {
  const { verdict } = seen;
  const [open, setOpen] = useState(false);
  const tone = peerTone(verdict);
  const { headline, meaning, action } = words.peers.verdict(verdict);
  return (
    <li className="peer" data-tone={tone} data-reason={verdict.accepted ? undefined : verdict.reason}>
      <Icon name={icons[tone] ?? 'good'} />
      <div className="peer-words">
        <PeerName seen={seen} />
        <p className="peer-verdict">{headline}</p>
        <p className="peer-meaning">{meaning}</p>
        {action === null ? null : (
          <p className="peer-action">
            <b>{words.peers.whatToDo}</b> {action}
          </p>
        )}
        {verdict.accepted ? null : <PeerRemedy reason={verdict.reason} />}
      </div>
      <div className="peer-when">
        <time dateTime={new Date(seen.lastSeenAt).toISOString()} title={words.dates.exact(seen.lastSeenAt)}>
          {words.peers.seenAgo(nowAt, seen.lastSeenAt)}
        </time>
        <span>{words.peers.counts(seen)}</span>
        <button type="button" className="peer-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.peers.fewerDetails : words.peers.details}
          <span className="visually-hidden">{words.peers.detailsOf(verdict)}</span>
        </button>
      </div>
      {open ? <PeerFacts seen={seen} /> : null}
    </li>
  );
}

function PeerName({ seen: { verdict } }: Pick<PeerRowProps, 'seen'>) {
  const kind = words.peers.kind(verdict.peer);
  const notProven = words.peers.notProven(verdict);
  return (
    <div className="peer-head">
      <h3 className="peer-name">{words.peers.name(verdict)}</h3>
      {kind === null ? null : <span className="badge">{kind}</span>}
      {words.peers.isProven(verdict) || verdict.peer === null ? null : (
        <span className="badge" data-tone="caution" title={notProven.meaning}>
          {notProven.label}
        </span>
      )}
    </div>
  );
}

/** The help topics for reasons that can be fixed on this computer. */
const topics: Partial<Record<PeerReason, HelpTopic & keyof typeof words.peers.actions>> = {
  clock_wrong: 'clock',
  key_unknown_offline: 'connection',
};

function PeerRemedy({ reason }: { readonly reason: PeerReason }) {
  const { go } = useConsole();
  const topic = topics[reason];
  if (!topic) return null;
  return (
    <div className="step-actions">
      <Button onPress={() => go({ page: 'help', topic })}>{words.peers.actions[topic]}</Button>
    </div>
  );
}

function PeerFacts({ seen }: Pick<PeerRowProps, 'seen'>) {
  const { verdict } = seen;
  const isUnproven = !words.peers.isProven(verdict) && verdict.peer !== null;
  return (
    <div className="peer-details">
      {isUnproven ? <p className="section-note">{words.peers.notProven(verdict).meaning}</p> : null}
      <dl className="fields">
        {words.peers.facts(seen).map(({ label, value, exact }) => (
          <div className="field" key={label}>
            <dt>{label}</dt>
            <dd>
              <span className="field-value" title={exact}>
                {value}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <CopyPeer seen={seen} />
    </div>
  );
}

function CopyPeer({ seen: { key, verdict } }: Pick<PeerRowProps, 'seen'>) {
  const [outcome, setOutcome] = useState('');
  const copy = async () => {
    const copied = await call('peers.copy', { key });
    const said = copied.ok ? words.peers.copied : words.failureWords(copied.failure).headline;
    announce(said);
    setOutcome(said);
  };
  return (
    <div className="step-actions">
      <Button icon="copy" onPress={() => void copy()}>
        {words.peers.copy}
      </Button>
      <span className="peer-code">
        {words.peers.code} <code>{verdict.accepted ? words.peers.acceptedCode : verdict.reason}</code>
      </span>
      <span className="form-outcome">{outcome}</span>
    </div>
  );
}
