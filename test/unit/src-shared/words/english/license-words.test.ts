import { describe, expect, test } from 'vitest';
import { words } from '../../../../../src-shared/words/words.ts';
import { consoleStateOf, galleryNow } from '../../../../gallery/console-states.ts';

function fieldsOf(name: string) {
  const { license } = consoleStateOf(name);
  if (!license) throw new Error(`${name} holds no license`);
  return words.license.fields(license);
}

const vendorLabels = [
  'License Status',
  'Server ID',
  'License Renewal Date',
  'Features',
  'Hub Server Name',
  'Hub Server URL',
  'Token Expiry',
];

describe('the fields of a license', () => {
  test("include those of the vendor's page, with its labels and in its order", () => {
    const labels = fieldsOf('licensed').map(({ label }) => label);
    expect(labels.filter((label) => vendorLabels.includes(label))).toEqual(vendorLabels);
  });

  test.each([
    ['licensed', 'Licensed'],
    ['requires-renewal', 'Requires Renewal'],
    ['expired', 'Expired – Requires Renewal'],
  ])('start with the status of %s: %s', (name, status) => {
    expect(fieldsOf(name)[0]?.value).toBe(status);
  });

  test('have a value that says if a field is absent', () => {
    const absent = fieldsOf('licensed-plain').filter((field) => field.absent);
    expect(absent.map(({ field, value }) => `${field}: ${value}`)).toEqual(
      expect.arrayContaining([
        'renewalDate: None – this license does not need renewal',
        'hubName: Not set',
        'hubUrl: Not set',
      ]),
    );
    expect(absent.map(({ field }) => field)).not.toContain('serverId');
  });

  test('show a plain renewal date equally in every zone, with its exact end next to it', () => {
    const date = fieldsOf('licensed').find(({ field }) => field === 'renewalDate');
    expect(date?.value).toBe('31 March 2027');
    expect(date?.exact).toBe('Valid until 2027-03-31T22:00:00Z (the day ends in Europe/Berlin)');
  });
});

describe('dates and time spans', () => {
  test('an exact instant is shown in UTC', () => {
    expect(words.dates.exact(galleryNow)).toBe('2026-11-26T11:05:00Z');
  });

  test.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [5_399_000, '89 min'],
    [5_400_000, '1 h'],
    [172_799_000, '47 h'],
    [172_800_000, '2 days'],
    [250_000_000, '2 days 21 h'],
    [604_800_000, '7 days'],
    [-5, '0 s'],
  ])('%d ms are shown as %s', (ms, expected) => {
    expect(words.span(ms)).toBe(expected);
  });

  test('the line under Complete Authorization shows the times of the last and the next check', () => {
    expect(words.acquisition.pollLine(3, 2)).toBe(
      'Waiting for the Authorization server. Checked 3 s ago, next check in 2 s.',
    );
    expect(words.acquisition.pollLine(undefined, 5)).toBe('Waiting for the Authorization server. Next check in 5 s.');
    expect(words.acquisition.pollLine(4, -1)).toBe(
      'Waiting for the Authorization server. Checked 4 s ago, checking now…',
    );
  });
});

describe('what the License Status means', () => {
  test.each([
    ['licensed', 'Registers and servers trust this server.'],
    ['clock-in-doubt', 'Registers and servers trust this server.'],
    ['clock-unconfirmed-soon', 'Registers and servers trust this server.'],
    [
      'clock-unconfirmed',
      "By this computer's clock, the license or its token has ended, so registers may refuse this server. No server has confirmed the time.",
    ],
  ])('depends on what has ended by a clock that no server confirms: %s', (name, meaning) => {
    const { license, clock } = consoleStateOf(name);
    expect(words.license.statusMeaning('licensed', license, clock)).toBe(meaning);
  });
});
