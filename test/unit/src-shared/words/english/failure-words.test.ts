import { describe, expect, test } from 'vitest';
import { failureCodes, remedyOf } from '../../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../../src-shared/result.ts';
import { words } from '../../../../../src-shared/words/words.ts';

const said = failureCodes.map((code) => ({ code, ...words.failureWords(failure(code)) }));
const jargon =
  /\b(endpoint|JWT|JWKS|JSON|null|undefined|NaN|HTTP|TLS|grant|payload|polling|exception|invalid|OAuth|issuer|stack|refresh token)\b|\[object/i;

describe(`the words of ${failureCodes.length} failures`, () => {
  test.each(said)('are a short headline and a meaning for $code', ({ headline, meaning }) => {
    expect(headline.length).toBeGreaterThan(5);
    expect(headline.length).toBeLessThanOrEqual(60);
    expect(headline).not.toMatch(/[!.]$/);
    expect(meaning).toMatch(/[.”]$/);
    expect(meaning.length).toBeLessThanOrEqual(200);
    expect(meaning).not.toContain('!');
  });

  test.each(said)('are without jargon and blame for $code', ({ headline, meaning }) => {
    expect(`${headline} ${meaning}`).not.toMatch(jargon);
    expect(`${headline} ${meaning}`).not.toMatch(/\b(you (must|should|failed)|your (mistake|fault)|wrong entry)\b/i);
  });

  test.each(failureCodes)('include a label for the remedy of %s, unless there is nothing to press', (code) => {
    const remedy = remedyOf(code);
    expect(words.remedyLabel(remedy) === null).toBe(remedy === 'none');
  });

  test('are different for each failure', () => {
    expect(new Set(said.map(({ headline }) => headline)).size).toBe(said.length);
    expect(new Set(said.map(({ meaning }) => meaning)).size).toBe(said.length);
  });
});

describe('the facts in the words of a failure', () => {
  test('include the User Code of a denial', () => {
    expect(words.failureWords(failure('access_denied'), { userCode: 'WDJB-MJHT' }).meaning).toContain('WDJB-MJHT');
  });

  test('include what may keep a laptop from answering, and the port that a firewall has to allow', () => {
    const { headline, meaning } = words.failureWords(failure('laptop_unreachable', { facts: { port: '41999' } }));
    expect(headline).toBe('The laptop does not answer');
    for (const said of ['guest Wi-Fi', 'cable', 'hotspot', 'TCP port 41999']) expect(meaning).toContain(said);
  });

  test.each([
    ['busy', 'The laptop is busy with another server'],
    ['answer', 'There is no helping laptop at this address'],
  ])('blame no network and no firewall if something did answer: %s', (reason, says) => {
    const { headline, meaning } = words.failureWords(failure('laptop_unreachable', { facts: { reason } }));
    expect(headline).toBe(says);
    expect(meaning).not.toMatch(/Wi-Fi|firewall/);
  });

  test('include the reason that the server gives for a refusal', () => {
    const { headline, meaning } = words.failureWords(
      failure('access_denied', { detail: 'All 25 licenses are in use' }),
    );
    expect(headline).toBe('The Authorization server refused');
    expect(meaning).toContain('“All 25 licenses are in use.”');
  });

  test.each([
    [undefined, 'Try again with a connection'],
    ['network_unreachable', 'Try again with a connection'],
    ['request_timeout', 'Try again with a connection'],
    ['captive_portal', 'Try again with a connection'],
    ['server_error', 'The Authorization server has a problem. The license was not removed. Try again later'],
    ['too_many_requests', 'The Authorization server asks for a pause. The license was not removed. Try again later'],
    ['certificate_date_invalid', 'Try again later'],
    ['metadata_invalid', 'Try again later'],
    ['token_issuer_mismatch', 'Remove it here only'],
    ['secret_store_damaged', 'Remove it here only'],
  ])('say what helps if the license could not be revoked because of %s', (cause, helps) => {
    const { meaning } = words.failureWords(failure('revocation_failed', cause ? { facts: { cause } } : {}));
    expect(meaning).toContain(helps);
    expect(meaning.includes('connection')).toBe(helps.includes('connection'));
  });

  test.each(['revocation_refused', 'revocation_not_offered'] as const)('do not advise a connection for %s', (code) => {
    const { meaning } = words.failureWords(failure(code, { detail: 'Not for public clients' }));
    expect(meaning).not.toMatch(/try again|connection/i);
    expect(meaning).toContain('Remove it here only');
    if (code === 'revocation_refused') expect(meaning).toContain('“Not for public clients.”');
  });

  test.each(['invalid_grant', 'authorization_answer_lost', 'expired_token'] as const)(
    'include the server’s reason after the usual meaning of %s',
    (code) => {
      const refused = failure(code, { detail: 'The session was ended', facts: { error: 'invalid_grant' } });
      const plain = words.failureWords(failure(code)).meaning;
      expect(words.failureWords(refused).meaning).toBe(`${plain} The server says: “The session was ended.”`);
    },
  );

  test('say why a download stopped that got nothing more', () => {
    const stopped = (facts: Record<string, string>) => words.failureWords(failure('download_failed', { facts }));
    expect(stopped({ file: 'a.pdf' }).meaning).not.toContain('minute');
    expect(stopped({ file: 'a.pdf', reason: 'stalled' })).toMatchObject({
      headline: 'The download of a.pdf stopped',
      meaning: expect.stringContaining('for a minute'),
    });
  });

  test('include the pause that the server asks for', () => {
    const busy = (code: 'too_many_requests' | 'server_error') =>
      words.failureWords(failure(code, { facts: { retry_after: '7200' } })).meaning;
    expect(busy('too_many_requests')).toContain('Wait 2 h, then');
    expect(busy('server_error')).toContain('It asks for a pause of 2 h.');
  });

  test('include the wrong device and what this profile is for', () => {
    const facts = { device: 'Register 3', found: 'register', expected: 'store' };
    expect(words.failureWords(failure('wrong_device', { facts })).meaning).toBe(
      'Register 3 is a register; this is a Store server. The license was not replaced.',
    );
  });

  test('include the full address of another server', () => {
    const facts = { issuer: 'https://auth.example.com/realm' };
    expect(words.failureWords(failure('issuer_mismatch', { facts })).meaning).toContain(facts.issuer);
  });
});
