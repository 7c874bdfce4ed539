import ICAL from 'ical.js';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { licenseCalendar } from '../../../../src-main/license/license-calendar.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import type { RenewalDate } from '../../../../src-shared/license/license-status.ts';
import { consoleStates } from '../../../gallery/console-states.ts';

const held: ConsoleState = consoleStates.licensed;
if (!held.license) throw new Error('not licensed');
const { license } = held;
const now = Date.UTC(2026, 10, 26, 11, 5);
const zoneBefore = process.env['TZ'];

afterEach(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

interface Facts {
  readonly serverName?: string;
  readonly tokenExpiresAt?: number;
  readonly renewalDate?: RenewalDate | undefined;
}

function calendarOf({ serverName = 'Store 014', ...facts }: Facts = {}): string {
  const { renewalDate: _left, ...details } = { ...license.details, ...facts };
  const renewalDate = 'renewalDate' in facts ? facts.renewalDate : license.details.renewalDate;
  const view = { ...license, details: renewalDate ? { ...details, renewalDate } : details };
  return licenseCalendar({ id: 'profile-1', serverName }, view, now);
}

/** Reads the file with a parser that is not ours. */
function eventsIn(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const reminders = component.getAllSubcomponents('valarm').map((alarm) => {
      const trigger = alarm.getFirstPropertyValue('trigger') as ICAL.Duration;
      const related = alarm.getFirstProperty('trigger')?.getParameter('related') ?? 'START';
      const at = event.startDate.clone();
      at.isDate = false;
      at.addDuration(trigger);
      return `${String(related)} ${at.toString()}`;
    });
    const { uid, summary, description, startDate } = event;
    return { uid, summary, description, day: startDate.toString(), isDate: startDate.isDate, reminders };
  });
}

const zones = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata', 'Pacific/Kiritimati'];

describe('the calendar file of a license', () => {
  it.each(zones)('has the renewal day in the zone of the license, in %s too', (zone) => {
    process.env['TZ'] = zone;
    const [, renewal] = eventsIn(calendarOf());
    expect(renewal).toMatchObject({ day: '2027-03-31', isDate: true });
    expect(renewal?.reminders).toEqual([
      'START 2027-03-01T09:00:00',
      'START 2027-03-24T09:00:00',
      'START 2027-03-30T09:00:00',
    ]);
  });

  it.each([
    // The clocks of Berlin go back on 25 October 2026, and forward on 28 March 2027.
    ['Europe/Berlin', Date.UTC(2026, 9, 25, 12, 0), '2026-10-25'],
    ['Europe/Berlin', Date.UTC(2026, 9, 25, 23, 30), '2026-10-25'],
    ['Europe/Berlin', Date.UTC(2027, 2, 28, 11, 30), '2027-03-28'],
    ['Europe/Berlin', Date.UTC(2026, 10, 28, 23, 30), '2026-11-28'],
    ['America/Los_Angeles', Date.UTC(2026, 10, 1, 23, 0), '2026-11-01'],
    ['Pacific/Auckland', Date.UTC(2026, 10, 28, 23, 30), '2026-11-29'],
    ['Asia/Kolkata', Date.UTC(2026, 10, 29, 6, 30), '2026-11-29'],
    ['UTC', Date.UTC(2026, 10, 29, 13, 5), '2026-11-29'],
    ['UTC', Date.UTC(2026, 10, 29, 11, 59), '2026-11-28'],
  ])('has the last day to connect, on which the token lasts until noon at least: %s, %d', (zone, expiresAt, day) => {
    process.env['TZ'] = zone;
    const [connect] = eventsIn(calendarOf({ tokenExpiresAt: expiresAt }));
    expect(connect).toMatchObject({ day, isDate: true });
    expect(connect?.reminders).toHaveLength(2);
    expect(connect?.reminders[1]).toBe(`START ${day}T09:00:00`);
  });

  it.each(zones)('takes the last whole moment of a renewal date that has no plain date: %s', (zone) => {
    process.env['TZ'] = zone;
    const midnight = new Date(2027, 3, 1).getTime();
    expect(eventsIn(calendarOf({ renewalDate: { endsAt: midnight } }))[1]?.day).toBe('2027-03-31');
    expect(eventsIn(calendarOf({ renewalDate: { endsAt: midnight, date: 'soon' } }))[1]?.day).toBe('2027-03-31');
  });

  it('has no renewal day if the license never needs renewal', () => {
    const [only, ...others] = eventsIn(calendarOf({ renewalDate: undefined }));
    expect(only?.uid).toBe('connect-profile-1@fusion-license-console');
    expect(others).toEqual([]);
  });

  it('follows RFC 5545: CRLF, at most 75 octets in a line, and one UID and DTSTAMP for each event', () => {
    // A name with U+FFFD of its own would look as if a character had been cut in two.
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
      .filter((text) => !text.includes('\uFFFD'));
    fc.assert(
      fc.property(name, (serverName) => {
        const file = calendarOf({ serverName });
        expect(file).toMatch(/^BEGIN:VCALENDAR\r\n[^]*\r\nEND:VCALENDAR\r\n$/);
        expect(file.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
        expect(file.match(/^UID:/gm)).toHaveLength(2);
        expect(file.match(/^DTSTAMP:20261126T110500Z\r$/gm)).toHaveLength(2);
        expect(file).not.toContain('\uFFFD');
      }),
    );
  });

  it.each([
    'Store; 014, "main" \\n\\ C:\\till',
    'Store 014\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nATTACH:file:///x\r\nEND:VALARM',
    '🏪👩‍👩‍👧‍👦'.repeat(20),
    'شركة 東京 '.repeat(12),
  ])('keeps the name %j in one text, as the screen shows it', (serverName) => {
    const events = eventsIn(calendarOf({ serverName }));
    expect(events.map(({ reminders }) => reminders.length)).toEqual([2, 3]);
    expect(events[0]?.summary).toContain(serverName.replaceAll('\r\n', ' ').trim());
  });

  it('has the same identifiers when it is saved again, and no secret', () => {
    const uids = (file: string) => eventsIn(file).map(({ uid }) => uid);
    expect(uids(calendarOf({ tokenExpiresAt: now + 9e8 }))).toEqual(uids(calendarOf()));
    expect(calendarOf()).not.toMatch(/eyJ|refresh|device_code/i);
  });
});
