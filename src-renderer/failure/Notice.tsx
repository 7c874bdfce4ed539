import type { ReactNode, Ref } from 'react';
import type { IconName } from '../../src-shared/window/icon-shapes.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Tone } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../controls/Icon.tsx';

interface NoticeProps {
  readonly tone: Tone;
  /** Absent if the meaning is enough. */
  readonly headline?: string;
  readonly meaning?: string | undefined;
  readonly failure?: Failure | undefined;
  readonly actions?: ReactNode;
  readonly note?: string | undefined;
  readonly boxRef?: Ref<HTMLDivElement>;
  /** Shown after the text. */
  readonly children?: ReactNode;
}

const toneIcons: Record<Tone, IconName> = {
  good: 'good',
  info: 'info',
  neutral: 'info',
  caution: 'warning',
  critical: 'critical',
};

/** A box with a headline, its meaning and what to do. */
export function Notice({ tone, headline, meaning, failure, actions, note, boxRef, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} data-failure-code={failure?.code} ref={boxRef} tabIndex={-1}>
      <Icon name={toneIcons[tone]} />
      <div className="notice-body">
        <div className="notice-text">
          {headline ? <p className="notice-headline">{headline}</p> : null}
          {meaning ? <p className="notice-meaning">{meaning}</p> : null}
          {note ? <p className="notice-note">{note}</p> : null}
          {failure ? (
            <p className="notice-code">
              {words.frame.failureCode} <code>{failure.code}</code>
            </p>
          ) : null}
        </div>
        {children}
        {actions ? <div className="notice-actions">{actions}</div> : null}
      </div>
    </div>
  );
}
