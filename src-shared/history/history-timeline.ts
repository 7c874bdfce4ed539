import type { LicenseView } from '../window/console-state.ts';
import { eventKinds } from './event-kinds.ts';
import type { HistoryEntry } from './history-entry.ts';
import { marksOf, type HistoryMark } from './history-marks.ts';
import type { LicenseEvent, LicenseInstants } from '../license/license-event.ts';
import type { RenewalStatus, TokenStatus } from '../license/license-status.ts';
import { present } from '../present.ts';

const dayMs = 86_400_000;
/** How far back the time line goes. */
export const historyWindowMs = 90 * dayMs;
/** The warning period before the renewal date, unless an event says otherwise. */
const warningMs = 30 * dayMs;

/** The state of the license at an instant; `unknown` before the first entry that shows it. {@link TokenStanding} is the token's. */
export type LicenseStanding = RenewalStatus['state'] | 'not_licensed' | 'unknown';
export type TokenStanding = TokenStatus['state'] | 'none' | 'unknown';

export interface Segment<S> {
  readonly state: S;
  readonly from: number;
  readonly to: number;
}

/** The states of the license and of its token, and the marks, from `from` to `to`; trusted time in ms. */
export interface HistoryTimeline {
  readonly from: number;
  readonly to: number;
  /** `license` and `token` each cover the whole period, without gaps or overlaps. */
  readonly license: readonly Segment<LicenseStanding>[];
  readonly token: readonly Segment<TokenStanding>[];
  readonly marks: readonly HistoryMark[];
}

/** What is known about the license from an instant on. `said`: only its states; `held`: when these change. */
type Knowledge =
  | { readonly kind: 'unknown' | 'none' }
  | { readonly kind: 'said'; readonly license: LicenseStanding; readonly token: TokenStanding }
  | { readonly kind: 'held'; readonly instants: LicenseInstants };

interface Fact {
  readonly at: number;
  readonly knowledge: Knowledge;
}

/**
 * The last 90 days before `nowAt`, from entries that are oldest first. The states follow from the instants in each license,
 * so periods in which this console was off are drawn correctly too. `current` is the license held now.
 */
export function makeHistoryTimeline(
  entries: readonly HistoryEntry[],
  nowAt: number,
  current: LicenseView | null,
): HistoryTimeline {
  const from = nowAt - historyWindowMs;
  const placed = placeEntries(entries, nowAt);
  const facts = withCurrent(factsOf(placed), current, nowAt);
  return {
    from,
    to: nowAt,
    license: segmentsOf(facts, from, nowAt, licenseAt, ({ renewalEndsAt, ...instants }) =>
      renewalEndsAt === undefined ? [] : [renewalWarnsAt({ renewalEndsAt, ...instants }), renewalEndsAt],
    ),
    token: segmentsOf(facts, from, nowAt, tokenAt, (instants) => [tokenWarnsAt(instants), instants.tokenExpiresAt]),
    marks: marksOf(placed, from),
  };
}

/** Moves back entries that a fast clock dated too late: no entry may be later than the one after it, or than `nowAt`. */
function placeEntries(entries: readonly HistoryEntry[], nowAt: number): readonly HistoryEntry[] {
  let next = nowAt;
  return entries
    .toReversed()
    .map((entry) => {
      next = Math.min(next, entry.at);
      return { ...entry, at: next };
    })
    .toReversed();
}

function factsOf(entries: readonly HistoryEntry[]): readonly Fact[] {
  const facts: Fact[] = [];
  for (const { at, event } of entries) {
    const knowledge = knowledgeFrom(event, facts.at(-1)?.knowledge.kind ?? 'unknown');
    if (knowledge) facts.push({ at, knowledge });
  }
  return facts;
}

/** What an event says about the license. A change of status adds something only if the license's instants are not known. */
function knowledgeFrom(event: LicenseEvent, known: Knowledge['kind']): Knowledge | null {
  if ('tokenIssuedAt' in event) return { kind: 'held', instants: event };
  if (event.kind === 'status_changed' && event.status !== 'not_licensed')
    return known === 'held' ? null : { kind: 'said', license: event.status, token: event.token ?? 'unknown' };
  return event.kind === 'status_changed' || eventKinds[event.kind].license === 'gone' ? { kind: 'none' } : null;
}

/** The license held now is part of the time line even if the history does not record how it was acquired. */
function withCurrent(facts: readonly Fact[], current: LicenseView | null, nowAt: number): readonly Fact[] {
  if (!current) return facts;
  const { renewal, token } = current.evaluation;
  const instants: LicenseInstants = present({
    tokenIssuedAt: token.issuedAt,
    tokenExpiresAt: token.expiresAt,
    tokenWarnsAt: token.warnsAt,
    renewalEndsAt: renewal.endsAt,
    renewalWarnsAt: renewal.warnsAt,
  });
  const last = facts.at(-1);
  const knowledge = { kind: 'held', instants } as const;
  if (last?.knowledge.kind === 'held' && isSameToken(last.knowledge.instants, instants))
    return [...facts.slice(0, -1), { at: last.at, knowledge }];
  const at = Math.max(last?.at ?? Number.NEGATIVE_INFINITY, Math.min(nowAt, token.issuedAt));
  return [...facts, { at, knowledge }];
}

function isSameToken(one: LicenseInstants, other: LicenseInstants): boolean {
  return one.tokenIssuedAt === other.tokenIssuedAt && one.tokenExpiresAt === other.tokenExpiresAt;
}

/** Splits the time from `from` to `to` wherever a new fact, or one of a fact's instants, changes the state. */
function segmentsOf<S>(
  facts: readonly Fact[],
  from: number,
  to: number,
  stateAt: (knowledge: Knowledge, at: number) => S,
  turnsOf: (instants: LicenseInstants) => readonly number[],
): readonly Segment<S>[] {
  const segments: Segment<S>[] = [];
  const add = (state: S, start: number, end: number) => {
    const last = segments.at(-1);
    if (last?.state === state) segments[segments.length - 1] = { state, from: last.from, to: end };
    else segments.push({ state, from: start, to: end });
  };
  const whole: readonly Fact[] = [{ at: Number.NEGATIVE_INFINITY, knowledge: { kind: 'unknown' } }, ...facts];
  for (const [index, { at, knowledge }] of whole.entries()) {
    const start = Math.max(from, at);
    const end = Math.min(to, whole[index + 1]?.at ?? to);
    const turns = knowledge.kind === 'held' ? turnsOf(knowledge.instants) : [];
    const inside = turns.filter((turn) => turn > start && turn < end).toSorted((one, other) => one - other);
    for (const [part, cut] of [start, ...inside].entries()) {
      const next = inside[part] ?? end;
      if (next > cut) add(stateAt(knowledge, cut), cut, next);
    }
  }
  return segments;
}

function licenseAt(knowledge: Knowledge, at: number): LicenseStanding {
  if (knowledge.kind === 'said') return knowledge.license;
  if (knowledge.kind !== 'held') return knowledge.kind === 'none' ? 'not_licensed' : 'unknown';
  const { renewalEndsAt } = knowledge.instants;
  if (renewalEndsAt === undefined) return 'licensed';
  if (at >= renewalEndsAt) return 'expired';
  return at >= renewalWarnsAt({ ...knowledge.instants, renewalEndsAt }) ? 'requires_renewal' : 'licensed';
}

function tokenAt(knowledge: Knowledge, at: number): TokenStanding {
  if (knowledge.kind === 'said') return knowledge.token;
  if (knowledge.kind !== 'held') return knowledge.kind;
  if (at >= knowledge.instants.tokenExpiresAt) return 'expired';
  return at >= tokenWarnsAt(knowledge.instants) ? 'expires_soon' : 'fine';
}

function renewalWarnsAt(instants: LicenseInstants & { readonly renewalEndsAt: number }): number {
  return instants.renewalWarnsAt ?? instants.renewalEndsAt - warningMs;
}

function tokenWarnsAt({ tokenIssuedAt, tokenExpiresAt, tokenWarnsAt }: LicenseInstants): number {
  return tokenWarnsAt ?? tokenExpiresAt - (tokenExpiresAt - tokenIssuedAt) / 3;
}
