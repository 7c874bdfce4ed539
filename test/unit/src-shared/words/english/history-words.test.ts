import { describe, expect, it } from 'vitest';
import { eventIcon, eventTone } from '../../../../../src-shared/history/event-kinds.ts';
import { type HistoryFilter, passesFilter } from '../../../../../src-shared/history/history-filter.ts';
import { failureCodes } from '../../../../../src-shared/failure-codes.ts';
import { type HistoryRow, mergeRuns } from '../../../../../src-shared/history/history-runs.ts';
import { makeHistoryTimeline } from '../../../../../src-shared/history/history-timeline.ts';
import { iconShapes } from '../../../../../src-shared/window/icon-shapes.ts';
import type { LicenseEvent } from '../../../../../src-shared/license/license-event.ts';
import { failure } from '../../../../../src-shared/result.ts';
import { words } from '../../../../../src-shared/words/words.ts';
import { everyEvent } from '../../../../fakes/every-event.ts';
import { dayMs, hourMs } from '../../../../fakes/history-entries.ts';

/** At local noon, so that a few hours later is the same day in every time zone. */
const at = new Date(2026, 2, 10, 12, 0).getTime();
const row = (event: LicenseEvent, more: Partial<HistoryRow> = {}): HistoryRow => ({
  id: 0,
  at,
  firstAt: at,
  times: 1,
  event,
  ...more,
});
const said = (event: LicenseEvent, more: Partial<HistoryRow> = {}) => words.history.row(row(event, more));
const instants = { tokenIssuedAt: at, tokenExpiresAt: at + 3 * dayMs };

describe(`the words of ${everyEvent.length} events`, () => {
  it.each(everyEvent.map((event) => [JSON.stringify(event), event] as const))('%s', (_name, event) => {
    const { headline, detail } = said(event);
    expect(headline.length).toBeGreaterThan(5);
    expect(headline.length).toBeLessThanOrEqual(60);
    expect(headline).not.toMatch(/[!.]$/);
    expect(detail).toMatch(/^$|[.]”?$/);
    expect(`${headline} ${detail}`).not.toMatch(/undefined|null|NaN|\[object|invalid date|_/i);
    expect(iconShapes[eventIcon(event)]).toBeTruthy();
  });

  it('are different for each event', () => {
    const all = everyEvent.map((event) => Object.values(said(event)).join('|'));
    // A refresh names the token's expiry, with or without a renewal date.
    expect(new Set(all).size).toBe(all.length - 1);
  });

  it.each(failureCodes)('are those of the notice for the failure %s, with its code', (code) => {
    const { headline } = words.failureWords(failure(code));
    const sentence = headline.endsWith('?') ? headline : `${headline}.`;
    expect(said({ kind: 'refresh_failed', code })).toMatchObject({ detail: sentence, code });
    expect(said({ kind: 'acquisition_failed', code })).toMatchObject({ detail: sentence, code });
    expect(said({ kind: 'keychain_changed', code })).toMatchObject({ headline, code });
  });

  it('include the reason that the server gives', () => {
    const event = { kind: 'refresh_failed', code: 'invalid_grant', detail: 'The session was ended' } as const;
    expect(said(event).detail).toBe('Authorize this server again. The server said: “The session was ended.”');
  });

  it('include how often a run of failures happened, from when and until when', () => {
    const event = { kind: 'refresh_failed', code: 'network_unreachable' } as const;
    expect(said(event, { times: 37, at: at + 2 * hourMs }).headline).toBe(
      'Refreshing the license token failed 37 times, 12:00 to 14:00',
    );
    expect(said(event, { times: 2, at: at + dayMs }).headline).toBe(
      'Refreshing the license token failed 2 times, 10 Mar, 12:00 to 11 Mar, 12:00',
    );
    expect(said(event, { times: 2, at: at + 1000 }).headline).toBe(
      'Refreshing the license token failed 2 times, 12:00',
    );
  });

  it('include a new renewal date as it is in the token', () => {
    const event = { kind: 'refreshed', ...instants, renewalEndsAt: at, renewalDate: '2027-03-31' } as const;
    expect(said(event, { newRenewal: true })).toMatchObject({
      headline: 'Refreshed with a new renewal date',
      detail: expect.stringContaining('Renewal date: 31 March 2027.'),
    });
    expect(said({ kind: 'refreshed', ...instants }, { newRenewal: true }).detail).toContain('No renewal needed.');
  });

  it('include what a wrong clock showed', () => {
    expect(
      said({ kind: 'clock_changed', clock: 'wrong' }, { wallAt: new Date(2019, 2, 1, 9, 5).getTime() }).detail,
    ).toBe("This computer's clock said 1 Mar 2019, 09:05.");
  });

  it('name the worse of License Status and Token Expiry', () => {
    const headline = (
      status: 'licensed' | 'requires_renewal' | 'expired',
      token: 'fine' | 'expires_soon' | 'expired',
    ) => said({ kind: 'status_changed', status, token }).headline;
    expect(headline('licensed', 'fine')).toBe('License Status: Licensed');
    expect(headline('licensed', 'expires_soon')).toBe('License token expires soon');
    expect(headline('licensed', 'expired')).toBe('License token expired');
    expect(headline('requires_renewal', 'expires_soon')).toBe('License Status: Requires Renewal');
    expect(headline('requires_renewal', 'expired')).toBe('License token expired');
    expect(headline('expired', 'expired')).toBe('License Status: Expired – Requires Renewal');
  });

  it('name changed settings by their labels, and only those', () => {
    const event = {
      kind: 'settings_changed',
      settings: ['serverName', 'toString', 'a_later_one', 'signInHosts'],
    } as const;
    expect(said(event).detail).toBe('Server name, Sign-in hosts inside the company.');
    expect(said({ kind: 'settings_changed', settings: [] }).detail).toBe('');
  });
});

describe('the filters of the history', () => {
  const passing = (filter: HistoryFilter) => everyEvent.filter((event) => passesFilter(row(event), filter));
  const kinds = (filter: HistoryFilter) => [...new Set(passing(filter).map(({ kind }) => kind))];

  it('show every event under all', () => {
    expect(passing('all')).toEqual(everyEvent);
  });

  it('show successful and failed refreshes under refreshes', () => {
    expect(kinds('refreshes')).toEqual(['refreshed', 'refresh_failed']);
  });

  it('show under problems what has a warning tone', () => {
    expect(passing('problems')).toEqual(
      everyEvent.filter((event) => ['caution', 'critical'].includes(eventTone(event))),
    );
    expect(kinds('problems')).toEqual([
      'refresh_failed',
      'acquisition_failed',
      'revocation_failed',
      'status_changed',
      'clock_changed',
      'keychain_changed',
      'record_altered',
    ]);
  });

  it('show under changes all but refreshes and failures, and a refresh with a new renewal date', () => {
    expect(kinds('changes')).toEqual([
      'acquired',
      'removed',
      'grant_ended',
      'status_changed',
      'clock_changed',
      'keychain_changed',
      'record_altered',
      'device_renamed',
      'server_renamed',
      'settings_changed',
    ]);
    expect(passesFilter(row({ kind: 'refreshed', ...instants }, { newRenewal: true }), 'changes')).toBe(true);
  });

  it('show every event in at least one of them', () => {
    const lost = everyEvent.filter(
      (event) => !(['refreshes', 'problems', 'changes'] as const).some((filter) => passesFilter(row(event), filter)),
    );
    expect(lost).toEqual([]);
  });
});

describe('the timeline in words', () => {
  const daysAgo = (days: number) => at - days * dayMs;
  const license = (days: number, event: Partial<LicenseEvent> = {}) => ({
    at: daysAgo(days),
    event: {
      kind: 'refreshed',
      tokenIssuedAt: daysAgo(days),
      tokenExpiresAt: daysAgo(days - 3),
      ...event,
    } as LicenseEvent,
  });

  it('names a single state for the whole time', () => {
    const timeline = makeHistoryTimeline([], at, null);
    expect(words.history.licenseSummary(timeline)).toBe('Not recorded the whole time');
    expect(words.history.marksSummary(timeline)).toBe('None');
  });

  it('names how long each state lasted, and the unrecorded time last', () => {
    const failed = { kind: 'refresh_failed', code: 'network_unreachable' } as const;
    const entries = [license(40), ...[36, 35, 34].map((days) => ({ at: daysAgo(days), event: failed })), license(1)];
    const timeline = makeHistoryTimeline(entries, at, null);
    expect(words.history.licenseSummary(timeline)).toBe('Licensed 40 days, Not recorded 50 days');
    expect(words.history.tokenSummary(timeline)).toBe(
      'Fine 3 days, Expires soon 24 h, Expired 36 days, Not recorded 50 days',
    );
    expect(words.history.marksSummary(timeline)).toBe('Refreshed twice, failed 3 times');
  });
});

it('the words fit a row that mergeRuns made of several failures', () => {
  const rows = mergeRuns([1, 2].map((minute) => ({ at: at + minute * 60_000, event: everyEvent[4] as LicenseEvent })));
  expect(rows.map((merged) => words.history.row(merged).headline)).toEqual([
    'Refreshing the license token failed 2 times, 12:01 to 12:02',
  ]);
});
