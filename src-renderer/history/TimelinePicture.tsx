import { useId } from 'react';
import type { HistoryMark } from '../../src-shared/history/history-marks.ts';
import type { HistoryTimeline, Segment } from '../../src-shared/history/history-timeline.ts';
import { words } from '../../src-shared/words/words.ts';

/** The position of an instant, in percent of the picture's width. */
type Place = (at: number) => number;

const placeOn =
  ({ from, to }: HistoryTimeline): Place =>
  (at) =>
    Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));

/** License Status and Token Expiry over the last 90 days, and the actions taken. Text next to each says the same. */
export function TimelinePicture({ timeline }: { readonly timeline: HistoryTimeline }) {
  const id = useId();
  const place = placeOn(timeline);
  const { licenseStandings, tokenStandings } = words.history;
  return (
    <section className="card page-card history-card" aria-labelledby={id}>
      <h2 className="section-heading" id={id}>
        {words.history.timelineHeading}
      </h2>
      <PictureRow
        label={words.history.licenseRow}
        summary={words.history.licenseSummary(timeline)}
        segments={timeline.license}
        names={licenseStandings}
        place={place}
      />
      <PictureRow
        label={words.history.tokenRow}
        summary={words.history.tokenSummary(timeline)}
        segments={timeline.token}
        names={tokenStandings}
        place={place}
      />
      <div className="history-row">
        <RowWords label={words.history.marksRow} summary={words.history.marksSummary(timeline)} />
        <div className="history-lane" aria-hidden="true">
          {timeline.marks.map((mark) => (
            <Mark key={`${mark.kind} ${mark.from}`} mark={mark} place={place} />
          ))}
        </div>
      </div>
      <Axis timeline={timeline} place={place} />
      <Legend timeline={timeline} />
    </section>
  );
}

interface PictureRowProps<S extends string> {
  readonly label: string;
  readonly summary: string;
  readonly segments: readonly Segment<S>[];
  readonly names: Readonly<Record<S, string>>;
  readonly place: Place;
}

function PictureRow<S extends string>({ label, summary, segments, names, place }: PictureRowProps<S>) {
  return (
    <div className="history-row">
      <RowWords label={label} summary={summary} />
      <div className="history-bar" aria-hidden="true">
        {segments.map(({ state, from, to }) => (
          <span
            key={from}
            className="history-segment"
            data-state={state}
            title={words.history.segment(names[state], from, to)}
            style={{ left: `${place(from)}%`, width: `${place(to) - place(from)}%` }}
          />
        ))}
      </div>
      <PeriodsOfTrouble segments={segments} names={names} />
    </div>
  );
}

function RowWords({ label, summary }: { readonly label: string; readonly summary: string }) {
  return (
    <div className="history-row-words">
      <p className="clock-label">{label}</p>
      <p>{summary}</p>
    </div>
  );
}

const quiet: ReadonlySet<string> = new Set(['licensed', 'fine', 'unknown']);
const mostPeriods = 10;

/** The periods with a problem, for people who use a screen reader. */
function PeriodsOfTrouble<S extends string>({ segments, names }: Pick<PictureRowProps<S>, 'segments' | 'names'>) {
  const trouble = segments.filter(({ state }) => !quiet.has(state)).slice(-mostPeriods);
  return trouble.length === 0 ? null : (
    <ul className="visually-hidden">
      {trouble.map(({ state, from, to }) => (
        <li key={from}>{words.history.segment(names[state], from, to)}</li>
      ))}
    </ul>
  );
}

function Mark({ mark, place }: { readonly mark: HistoryMark; readonly place: Place }) {
  const left = place(mark.from);
  return (
    <span
      className="history-mark"
      data-mark={mark.kind}
      title={words.history.mark(mark)}
      style={{ left: `${left}%`, width: mark.kind === 'failed' ? `${place(mark.to) - left}%` : undefined }}
    />
  );
}

const thirds = [0, 1, 2] as const;

function Axis({ timeline, place }: { readonly timeline: HistoryTimeline; readonly place: Place }) {
  const { from, to } = timeline;
  const ticks = thirds.map((third) => from + ((to - from) / 3) * third);
  return (
    <div className="history-row" aria-hidden="true">
      <div className="history-axis">
        {ticks.map((at) => (
          <span key={at} className="history-tick" style={{ left: `${place(at)}%` }}>
            {words.history.tick(at)}
          </span>
        ))}
        <span className="history-tick" data-end="true">
          {words.history.today}
        </span>
      </div>
    </div>
  );
}

/** Explains only what occurs in this picture. The text next to the rows says everything. */
function Legend({ timeline }: { readonly timeline: HistoryTimeline }) {
  const { licenseStandings, tokenLooks, markNames } = words.history;
  const looks = new Map<string, { readonly state: string; readonly names: Set<string> }>();
  const add = (state: string, name: string) => {
    const look = lookOf[state] ?? state;
    const known = looks.get(look) ?? { state, names: new Set() };
    looks.set(look, { state: known.state, names: known.names.add(name) });
  };
  for (const { state } of timeline.license) add(state, licenseStandings[state]);
  for (const { state } of timeline.token) add(state, tokenLooks[state]);
  const marks = [...new Set(timeline.marks.map(({ kind }) => kind))];
  return (
    <ul className="history-legend" aria-hidden="true">
      {[...looks.values()].map(({ state, names }) => (
        <li key={state}>
          <span className="history-swatch history-segment" data-state={state} />
          {[...names].join(', ')}
        </li>
      ))}
      {marks.map((kind) => (
        <li key={kind}>
          <span className="history-swatch">
            <span className="history-mark" data-mark={kind} />
          </span>
          {markNames[kind]}
        </li>
      ))}
    </ul>
  );
}

/** Maps states that look the same in the picture. */
const lookOf: Readonly<Record<string, string>> = {
  licensed: 'good',
  fine: 'good',
  requires_renewal: 'caution',
  expires_soon: 'caution',
  not_licensed: 'none',
};
