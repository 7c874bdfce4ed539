import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { useConsole } from '../state/console-context.ts';
import { useTrustedNow } from '../state/elapsed-time.ts';
import { makeTimeLine, type TimeLine } from './time-line.ts';

/** License Status and Token Expiry as bars on the same time line: now, the start of the warning, and the end. */
export function ClockBars({ license }: { readonly license: LicenseView }) {
  const nowAt = useTrustedNow(30_000);
  const { renewal, token } = license.evaluation;
  const line = makeTimeLine(nowAt, [token.expiresAt, ...(renewal.endsAt === undefined ? [] : [renewal.endsAt])]);
  const renewalWords = words.license.renewalClock(license, nowAt);
  const tokenWords = words.license.tokenClock(license, nowAt);
  return (
    <section className="clocks card" data-status={renewal.state} aria-label={words.license.clocksHeading}>
      <ClockRow
        label={words.license.renewalClockLabel}
        {...renewalWords}
        warnsAt={renewal.warnsAt}
        endsAt={renewal.endsAt}
        line={line}
      />
      <ClockRow
        label={words.license.tokenClockLabel}
        {...tokenWords}
        warnsAt={token.warnsAt}
        endsAt={token.expiresAt}
        line={line}
      />
      <Axis line={line} nowAt={nowAt} />
    </section>
  );
}

interface ClockRowProps {
  readonly label: string;
  readonly headline: string;
  readonly detail: string;
  readonly warnsAt: number | undefined;
  readonly endsAt: number | undefined;
  readonly line: TimeLine;
}

function ClockRow({ label, headline, detail, warnsAt, endsAt, line }: ClockRowProps) {
  return (
    <div className="clock-row">
      <div className="clock-words">
        <p className="clock-label">{label}</p>
        <p className="clock-headline">
          {headline}, <span className="clock-detail">{detail}</span>
        </p>
        {warnsAt === undefined ? null : <p className="visually-hidden">{words.license.warningStarts(warnsAt)}</p>}
      </div>
      <div className="clock-bar" aria-hidden="true" data-endless={endsAt === undefined || undefined}>
        <Bar line={line} warnsAt={warnsAt} endsAt={endsAt} />
        <span className="clock-now" style={{ left: `${line.now * 100}%` }} />
      </div>
    </div>
  );
}

function Bar({ line, warnsAt, endsAt }: Pick<ClockRowProps, 'line' | 'warnsAt' | 'endsAt'>) {
  const ends = endsAt === undefined ? 1 : line.position(endsAt);
  const warns = warnsAt === undefined ? ends : Math.min(ends, line.position(warnsAt));
  return (
    <>
      <Segment tone="good" from={0} to={warns} />
      <Segment tone="caution" from={warns} to={ends} />
      <Segment tone="ended" from={ends} to={Math.max(ends, line.now)} />
    </>
  );
}

function Segment({ tone, from, to }: { readonly tone: string; readonly from: number; readonly to: number }) {
  if (to <= from) return null;
  return (
    <span
      className="clock-segment"
      data-tone={tone}
      style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
    />
  );
}

function Axis({ line, nowAt }: { readonly line: TimeLine; readonly nowAt: number }) {
  const { refresh } = useConsole().state;
  return (
    <div className="clock-row clock-axis-row">
      <p className="refresh-line">{words.license.refreshLine(refresh, nowAt)}</p>
      <div className="clock-axis" aria-hidden="true">
        <span className="clock-tick" data-now="true" style={{ left: `${line.now * 100}%` }}>
          {words.license.now}
        </span>
        {line.ticks.map(({ name, position }) => (
          <span key={name} className="clock-tick" data-tick={name} style={{ left: `${position * 100}%` }}>
            {words.license.axis[name]}
          </span>
        ))}
      </div>
    </div>
  );
}
