import * as fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { readRenewalDate } from '../../../../src-main/tokens/renewal-date.ts';
import { timeZoneOf } from '../../../../src-main/tokens/time-zone-claim.ts';
import { windowsZones } from '../../../../src-main/tokens/windows-zones.ts';
import { said, tries } from '../../../fakes/tries.ts';

const dateOf = (claim: unknown, zone: unknown) => readRenewalDate(claim, zone).date;

const utc = (text: string) => Date.parse(text);

describe('a renewal date without a time is valid through the end of that day', () => {
  it.each([
    ['in UTC if the token names no zone', '2026-06-30', undefined, '2026-07-01T00:00:00Z'],
    ['in the zone that the token names', '2026-06-30', 'America/New_York', '2026-07-01T04:00:00Z'],
    ['in UTC if the zone is unknown', '2026-06-30', 'Mars/Olympus', '2026-07-01T00:00:00Z'],
    ['in UTC if the zone is a number', '2026-06-30', 5, '2026-07-01T00:00:00Z'],
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
    ['the day before a day that the zone skipped', '2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['the last day with a year of four digits', '9999-12-31', 'UTC', '9999-12-31T23:59:59.999Z'],
    ['the last day with a year of four digits, west', '9999-12-31', 'America/New_York', '9999-12-31T23:59:59.999Z'],
    ['the last day with a year of four digits, east', '9999-12-31', 'Asia/Tokyo', '9999-12-31T15:00:00Z'],
    ['the first day that is accepted', '2000-01-01', 'UTC', '2000-01-02T00:00:00Z'],
    ['with an offset of its own', '2026-06-30+02:00', 'America/New_York', '2026-06-30T22:00:00Z'],
    ['with Z', '2026-06-30Z', 'America/New_York', '2026-07-01T00:00:00Z'],
  ])('%s', (_name, date, zone, endsAt) => {
    const parsed = dateOf(date, zone);
    expect(parsed?.endsAt && new Date(parsed.endsAt).toISOString()).toBe(new Date(utc(endsAt)).toISOString());
    expect(parsed?.date).toBe(date.slice(0, 10));
  });

  it('includes the zone in which the day ends, so that the date is shown as it is in the token', () => {
    expect(dateOf('2026-06-30', 'Asia/Tokyo')).toMatchObject({ date: '2026-06-30', timeZone: 'Asia/Tokyo' });
  });
});

describe('an instant is read as it is', () => {
  it.each([
    ['RFC 3339, Z', '2026-06-30T23:59:59Z', '2026-06-30T23:59:59Z'],
    ['RFC 3339, offset', '2026-06-30T23:59:59+05:30', '2026-06-30T18:29:59Z'],
    ['RFC 3339, unknown local offset', '2026-06-30T23:59:59-00:00', '2026-06-30T23:59:59Z'],
    ['RFC 3339, fraction', '2026-06-30T23:59:59.250Z', '2026-06-30T23:59:59.250Z'],
    ['RFC 3339, small letters', '2026-06-30t23:59:59z', '2026-06-30T23:59:59Z'],
    ['RFC 3339, with a space', '2026-06-30 23:59:59Z', '2026-06-30T23:59:59Z'],
    ['NumericDate', utc('2026-06-30T00:00:00Z') / 1000, '2026-06-30T00:00:00Z'],
    ['NumericDate, fraction', utc('2026-06-30T00:00:00Z') / 1000 + 0.5, '2026-06-30T00:00:00.500Z'],
    ['NumericDate, the first that is accepted', 946_684_800, '2000-01-01T00:00:00Z'],
    ['NumericDate, the last that is accepted', 253_402_300_799, '9999-12-31T23:59:59Z'],
    ['NumericDate, the last instant', 253_402_300_799.999, '9999-12-31T23:59:59.999Z'],
    ['NumericDate, a part of a millisecond', utc('2026-06-30T00:00:00Z') / 1000 + 0.0006, '2026-06-30T00:00:00.001Z'],
    ['NumericDate as text', String(utc('2026-06-30T00:00:00Z') / 1000), '2026-06-30T00:00:00Z'],
    ['milliseconds of Java', utc('2026-06-30T00:00:00Z'), '2026-06-30T00:00:00Z'],
    ['.NET, its old form', `/Date(${utc('2026-06-30T00:00:00Z')})/`, '2026-06-30T00:00:00Z'],
    ['.NET, its old form with an offset', `/Date(${utc('2026-06-30T00:00:00Z')}+0200)/`, '2026-06-30T00:00:00Z'],
    ['.NET, seven digits', '2026-06-30T23:59:59.1234567Z', '2026-06-30T23:59:59.123Z'],
    ['Go, nine digits', '2026-06-30T23:59:59.123456789Z', '2026-06-30T23:59:59.123Z'],
    ['Java, the zone after the offset', '2026-06-30T23:59:59+02:00[Europe/Berlin]', '2026-06-30T21:59:59Z'],
    ['without seconds', '2026-06-30T23:59Z', '2026-06-30T23:59:00Z'],
    ['an offset without a colon', '2026-06-30T23:59:59+0530', '2026-06-30T18:29:59Z'],
    ['an offset of hours', '2026-06-30T23:59:59-05', '2026-07-01T04:59:59Z'],
    ['an offset after a space', '2026-06-30 23:59:59 +0200', '2026-06-30T21:59:59Z'],
    ['UTC in words', '2026-06-30 23:59:59 UTC', '2026-06-30T23:59:59Z'],
    ['HTTP-date', 'Tue, 30 Jun 2026 23:59:59 GMT', '2026-06-30T23:59:59Z'],
    ['as many spaces as are accepted', `2026-06-30T23:59:59Z${' '.repeat(80)}`, '2026-06-30T23:59:59Z'],
    ['spaces around it', ' 2026-06-30T23:59:59Z\n', '2026-06-30T23:59:59Z'],
    ['a list of one', ['2026-06-30T23:59:59Z'], '2026-06-30T23:59:59Z'],
    ['a leap second', '2026-12-31T23:59:60Z', '2027-01-01T00:00:00Z'],
    ['a leap second, west', '2026-12-31T18:59:60-05:00', '2027-01-01T00:00:00Z'],
    ['a leap second with a fraction', '2026-12-31T23:59:60.5Z', '2027-01-01T00:00:00Z'],
    ['the largest offset', '2026-06-30T23:59:59+23:59', '2026-06-30T00:00:59Z'],
    ['.NET, its greatest', '9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
    ['.NET, its greatest, west', '9999-12-31T23:59:59.9999999-05:00', '9999-12-31T23:59:59.999Z'],
  ])('%s', (_name, claim, endsAt) => {
    // A zone does not change an instant.
    expect(dateOf(claim, 'America/New_York')).toEqual({ endsAt: utc(endsAt) });
  });
});

describe('a time without an offset is read in the zone of the token, which is part of the result', () => {
  it.each([
    ['2026-06-30T23:59:59', 'Europe/Berlin', '2026-06-30T21:59:59Z', 'Europe/Berlin'],
    ['2026-06-30T23:59:59.5', 'Europe/Berlin', '2026-06-30T21:59:59.500Z', 'Europe/Berlin'],
    ['2026-06-30 23:59', 'Europe/Berlin', '2026-06-30T21:59:00Z', 'Europe/Berlin'],
    ['2026-06-30T23:59:59', undefined, '2026-06-30T23:59:59Z', 'UTC'],
    ['2026-06-30T00:00:00', 'W. Europe Standard Time', '2026-06-29T22:00:00Z', 'Europe/Berlin'],
    [[2026, 6, 30, 23, 59], 'Europe/Berlin', '2026-06-30T21:59:00Z', 'Europe/Berlin'],
    [[2026, 6, 30, 23, 59, 59, 123_000_000], 'UTC', '2026-06-30T23:59:59Z', 'UTC'],
    [
      { date: '2026-06-30 23:59:59.000000', timezone_type: 3, timezone: 'Europe/Berlin' },
      'UTC',
      '2026-06-30T21:59:59Z',
      'Europe/Berlin',
    ],
    [' {"date":"2026-06-30 23:59:59","timezone":"Asia/Tokyo"}\n', 'UTC', '2026-06-30T14:59:59Z', 'Asia/Tokyo'],
    ['{"date":"2026-06-30 23:59:59","timezone":"+02:00"}', 'UTC', '2026-06-30T21:59:59Z', 'UTC+2'],
    [{ date: '2026-06-30 23:59:59' }, 'Asia/Tokyo', '2026-06-30T14:59:59Z', 'Asia/Tokyo'],
  ])('%j in %s', (claim, zone, endsAt, timeZone) => {
    expect(readRenewalDate(claim, zone)).toEqual({ date: { endsAt: utc(endsAt), timeZone } });
  });

  it('a date written by Java as a list is a day', () => {
    expect(dateOf([2026, 6, 3], 'UTC')).toEqual(dateOf('2026-06-03', 'UTC'));
  });
});

describe('a time zone in another spelling', () => {
  it.each([
    ['europe/berlin', '2026-06-30T22:00:00Z'],
    ['EUROPE/BERLIN', '2026-06-30T22:00:00Z'],
    ['  Europe/Berlin ', '2026-06-30T22:00:00Z'],
    [['Europe/Berlin'], '2026-06-30T22:00:00Z'],
    ['W. Europe Standard Time', '2026-06-30T22:00:00Z'],
    ['w. europe standard time', '2026-06-30T22:00:00Z'],
    ['Eastern Standard Time', '2026-07-01T04:00:00Z'],
    ['India Standard Time', '2026-06-30T18:30:00Z'],
    ['utc', '2026-07-01T00:00:00Z'],
    ['Z', '2026-07-01T00:00:00Z'],
    ['GMT', '2026-07-01T00:00:00Z'],
    ['GMT+2', '2026-06-30T22:00:00Z'],
    ['UTC+02:00', '2026-06-30T22:00:00Z'],
    ['utc -5', '2026-07-01T05:00:00Z'],
    ['+0530', '2026-06-30T18:30:00Z'],
    ['-00:00', '2026-07-01T00:00:00Z'],
    ['Etc/GMT+2', '2026-07-01T02:00:00Z'],
    ['UTC+12', '2026-06-30T12:00:00Z'],
    ['UTC-11', '2026-07-01T11:00:00Z'],
    ['+2', '2026-06-30T22:00:00Z'],
    ['+23:59', '2026-06-30T00:01:00Z'],
    [`Europe/Berlin${' '.repeat(87)}`, '2026-06-30T22:00:00Z'],
  ])('is recognized: %j', (zone, endsAt) => {
    const { date, unclearZone } = readRenewalDate('2026-06-30', zone);
    expect(new Date(date?.endsAt ?? 0).toISOString()).toBe(new Date(endsAt).toISOString());
    expect(unclearZone).toBeUndefined();
  });

  it.each([
    'IST',
    'PST',
    'cst',
    'Local',
    'Mars/Olympus',
    'UTC+24:00',
    'UTC+2:60',
    'xUTC+2',
    'UTC+2x',
    'UTC+',
    'UTC2',
    'UTC  +2',
    'UTC+123',
    `Europe/Berlin${' '.repeat(88)}`,
    '+1:2:3',
    'x'.repeat(101),
    5,
    {},
    ['UTC', 'GMT'],
  ])('is reported as unclear, and UTC is used: %j', (zone) => {
    const { date, unclearZone } = readRenewalDate('2026-06-30', zone);
    expect(date).toEqual({ endsAt: utc('2026-07-01T00:00:00Z'), date: '2026-06-30', timeZone: 'UTC' });
    expect(unclearZone).toBe(
      typeof zone === 'string' ? zone.slice(0, 100) + (zone.length > 100 ? '…' : '') : JSON.stringify(zone),
    );
  });

  it('is reported as unclear only if the date needs a zone', () => {
    expect(readRenewalDate('2026-06-30T23:59:59', 'IST')).toHaveProperty('unclearZone', 'IST');
    for (const claim of ['never', '2026-06-30T23:59:59Z', '2026-06-30+02:00', 1_782_864_000, '/Date(1782864000000)/'])
      expect(readRenewalDate(claim, 'IST')).not.toHaveProperty('unclearZone');
  });

  it.each([undefined, null, '', ' ', []])('is UTC without a report if the claim is %j', (zone) => {
    expect(readRenewalDate('2026-06-30', zone).unclearZone).toBeUndefined();
  });

  it('is a zone of the runtime for each name that Windows uses', () => {
    for (const [name, zone] of windowsZones) {
      expect(timeZoneOf(name)).toBe(zone);
      expect(IANAZone.isValidZone(zone)).toBe(true);
    }
    expect(windowsZones.size).toBe(139);
  });

  it('is read correctly whatever was read before', () => {
    const pairs: readonly (readonly [claim: unknown, zone: unknown])[] = [
      ['2026-06-30', 5],
      ['2026-06-30', '5'],
      ['2026-06-30', { a: 1 }],
      ['2026-06-30', { b: 1 }],
      ['2026-06-30', '{"a":1}'],
      ['2026-06-30', ['Asia/Tokyo']],
      ['2026-06-30', '["Asia/Tokyo"]'],
      ['2026-06-30', 'a string b'],
      ['2026-06-30 string a', 'b'],
      ['2026-06-30', ' '.repeat(101)],
      ['2026-06-30', `${' '.repeat(100)}IST`],
      ['2026-06-30', undefined],
      ['2026-06-30', 'undefined'],
    ];
    const read = (order: typeof pairs) => new Map(order.map(([claim, zone]) => [zone, readRenewalDate(claim, zone)]));
    const backwards = read(pairs.toReversed());
    for (const [zone, reading] of read(pairs)) expect(reading, JSON.stringify(zone)).toEqual(backwards.get(zone));
    expect(read(pairs).get('b')?.date).toBeNull();
    expect(read(pairs).get('["Asia/Tokyo"]')?.unclearZone).toBe('["Asia/Tokyo"]');
    expect(read(pairs).get('{"a":1}')?.unclearZone).toBe('{"a":1}');
  });

  it('does not confuse dates if there are more than the cache holds', () => {
    for (const round of [1, 2])
      for (let day = 0; day < 300; day += 1) {
        const date = new Date(Date.UTC(2030, 0, 1 + day)).toISOString().slice(0, 10);
        expect(dateOf(date, 'UTC')?.date, `round ${round}`).toBe(date);
      }
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
  '2026-06-30T25:00:00Z',
  '2026-06-30T23:60:00Z',
  '20260630',
  '2026-W27-2',
  '2026-181',
  '\u00002026-06-30',
  '２０２６-06-30',
  '0000-00-00',
  '0001-01-01',
  '0001-01-01T00:00:00Z',
  '1970-01-01',
  '1999-12-31',
  '1999-12-31T23:59:59Z',
  '10000-01-01',
  '+010000-01-01',
  0,
  1,
  946_684_799,
  253_402_300_800_000,
  '2026-06-30T23:59:59+24:00',
  '2026-06-30T23:59:59+99:99',
  '2026-06-30T23:59:59+05:60',
  '2026-06-30T23:59:61Z',
  '2026-06-30T12:00:60Z',
  '2026-06-30T23:58:60Z',
  '2026-06-30T23:59:60+01:00',
  '2026-06-30T23:59:59.1234567890Z',
  '2026-06-30T23:59:59Z[',
  'x2026-06-30',
  '/Date(x)/',
  'x/Date(1790000000000)/',
  '/Date(1790000000000)/x',
  'Foo, 30 Jun 2026 23:59:59 GMT',
  `2026-06-30${' '.repeat(91)}`,
  [2026, 6],
  [2026, 6, 30, 23],
  [2026, 6, 30, 23, 59, 59, 0, 0],
  [2026, 13, 1],
  [2026, 6, 1.5],
  [2026, 6, '30'],
  [2026, 6, 30, 23, '59'],
  ['2026', '06', '30'],
  { timezone: 'UTC' },
  { date: 5 },
  { date: 1_782_864_000 },
  { date: { date: '2026-06-30' } },
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e300,
  true,
  null,
  [],
  {},
];

describe(`${broken.length} claims that are not a date are not read`, () => {
  it.each(broken.map((claim) => [JSON.stringify(claim) ?? String(claim), claim]))('%s', (_name, claim) => {
    expect(dateOf(claim, 'UTC')).toBeNull();
  });

  it(`any claim gives a plausible instant or null, never a crash: ${said(2_000)} claims`, () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (claim, zone) => {
        const parsed = dateOf(claim, zone);
        if (parsed) expect(new Date(parsed.endsAt).toISOString()).toMatch(/^[2-9]\d{3}-/);
      }),
      { numRuns: tries(2_000) },
    );
  });
});

describe('the end of a renewal date', () => {
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

  it.each(zones)(`is the end of that day in %s: ${said(200)} days`, (zone) => {
    const day = dayIn(zone);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }), (at) => {
        const date = new Date(at).toISOString().slice(0, 10);
        const parsed = dateOf(date, zone);
        expect(parsed).not.toBeNull();
        if (!parsed) return;
        expect(day(parsed.endsAt - 1)).toBe(date);
        expect(day(parsed.endsAt)).not.toBe(date);
      }),
      { numRuns: tries(200) },
    );
  });
});
