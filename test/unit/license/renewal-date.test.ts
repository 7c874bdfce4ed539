import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRenewalDate } from '../../../src-main/license/renewal-date.ts';
import { said, tries } from '../../fakes/tries.ts';

const utc = (text: string) => Date.parse(text);

describe('a renewal date without a time is valid through the end of that day', () => {
  it.each([
    ['in UTC where the token names no zone', '2026-06-30', undefined, '2026-07-01T00:00:00Z'],
    ['in the zone that the token names', '2026-06-30', 'America/New_York', '2026-07-01T04:00:00Z'],
    ['in UTC where the zone is unknown', '2026-06-30', 'Mars/Olympus', '2026-07-01T00:00:00Z'],
    ['in UTC where the zone is no text', '2026-06-30', 5, '2026-07-01T00:00:00Z'],
    ['on a leap day', '2028-02-29', 'UTC', '2028-03-01T00:00:00Z'],
    ['at the end of a year, east', '2026-12-31', 'Pacific/Kiritimati', '2026-12-31T10:00:00Z'],
    ['at the end of a year, west', '2026-12-31', 'Pacific/Pago_Pago', '2027-01-01T11:00:00Z'],
    ['half-hour zone', '2026-06-30', 'Asia/Kolkata', '2026-06-30T18:30:00Z'],
    ['DST begins that day (23 h)', '2026-03-08', 'America/New_York', '2026-03-09T04:00:00Z'],
    ['DST ends that day (25 h)', '2026-11-01', 'America/New_York', '2026-11-02T05:00:00Z'],
    [
      'DST begins at its midnight, so that 00:00 does not exist',
      '2018-11-03',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00Z',
    ],
    ['DST ends at its midnight, so that 23:00 comes twice', '2018-02-17', 'America/Sao_Paulo', '2018-02-18T03:00:00Z'],
    ['the day before one that a zone left out', '2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['last day that is taken', '9999-12-31', 'UTC', '+010000-01-01T00:00:00Z'],
  ])('%s', (_name, date, zone, endsAt) => {
    const parsed = parseRenewalDate(date, zone);
    expect(parsed?.endsAt && new Date(parsed.endsAt).toISOString()).toBe(new Date(utc(endsAt)).toISOString());
    expect(parsed?.date).toBe(date);
  });

  it('names the zone in which the day ends, so that the date is shown as it stands', () => {
    expect(parseRenewalDate('2026-06-30', 'Asia/Tokyo')).toMatchObject({ date: '2026-06-30', timeZone: 'Asia/Tokyo' });
  });
});

describe('an instant is taken as it is', () => {
  it.each([
    ['RFC 3339, Z', '2026-06-30T23:59:59Z', '2026-06-30T23:59:59Z'],
    ['RFC 3339, offset', '2026-06-30T23:59:59+05:30', '2026-06-30T18:29:59Z'],
    ['RFC 3339, unknown local offset', '2026-06-30T23:59:59-00:00', '2026-06-30T23:59:59Z'],
    ['RFC 3339, fraction', '2026-06-30T23:59:59.250Z', '2026-06-30T23:59:59.250Z'],
    ['RFC 3339, small letters', '2026-06-30t23:59:59z', '2026-06-30T23:59:59Z'],
    ['RFC 3339, with a blank', '2026-06-30 23:59:59Z', '2026-06-30T23:59:59Z'],
    ['NumericDate', utc('2026-06-30T00:00:00Z') / 1000, '2026-06-30T00:00:00Z'],
    ['NumericDate, fraction', utc('2026-06-30T00:00:00Z') / 1000 + 0.5, '2026-06-30T00:00:00.500Z'],
    ['NumericDate, zero', 0, '1970-01-01T00:00:00Z'],
  ])('%s', (_name, claim, endsAt) => {
    // A zone says nothing of an instant.
    expect(parseRenewalDate(claim, 'America/New_York')).toEqual({ endsAt: utc(endsAt) });
  });
});

const broken: readonly unknown[] = [
  '',
  ' ',
  'never',
  '2026',
  '2026-06',
  '2026-6-30',
  '26-06-30',
  '2026-06-31',
  '2027-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-06-00',
  '06/30/2026',
  '30.06.2026',
  '2026-06-30T',
  '2026-06-30T23:59',
  '2026-06-30T23:59:59',
  '2026-06-30T25:00:00Z',
  '2026-06-30T23:60:00Z',
  '2026-06-30T23:59:59+0530',
  '2026-06-30T23:59:59 Z',
  '20260630',
  '2026-W27-2',
  '2026-181',
  '2026-06-30\n',
  '\u00002026-06-30',
  '２０２６-06-30',
  '1790000000',
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e300,
  1.79e12,
  true,
  null,
  [],
  {},
  ['2026-06-30'],
  { date: '2026-06-30' },
];

describe(`${broken.length} claims that are no date`, () => {
  it.each(broken.map((claim) => [JSON.stringify(claim) ?? String(claim), claim]))('%s', (_name, claim) => {
    expect(parseRenewalDate(claim, 'UTC')).toBeNull();
  });

  it(`${said(2_000)} generated claims of any kind: a plausible instant or null, never a crash`, () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (claim, zone) => {
        const parsed = parseRenewalDate(claim, zone);
        if (parsed) expect(new Date(parsed.endsAt).getTime() === parsed.endsAt).toBe(true);
      }),
      { numRuns: tries(2_000) },
    );
  });
});

describe('the end of a day', () => {
  const zones = [
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Asia/Tehran',
    'America/Santiago',
    'Africa/Cairo',
    'Asia/Beirut',
    'UTC',
  ];
  const dayIn = (zone: string) => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (at: number) => format.format(at);
  };

  it.each(zones)(`${said(200)} days in %s: the last millisecond is of that day and the next one is not`, (zone) => {
    const day = dayIn(zone);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }), (at) => {
        const date = new Date(at).toISOString().slice(0, 10);
        const parsed = parseRenewalDate(date, zone);
        expect(parsed).not.toBeNull();
        if (!parsed) return;
        expect(day(parsed.endsAt - 1)).toBe(date);
        expect(day(parsed.endsAt)).not.toBe(date);
      }),
      { numRuns: tries(200) },
    );
  });
});
