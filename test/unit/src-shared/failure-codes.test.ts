import { describe, expect, it } from 'vitest';
import { exitOf, type FailureCode, failureCodes, hasTrait, isFailureCode } from '../../../src-shared/failure-codes.ts';

type Trait = Parameters<typeof hasTrait>[1];
const having = (trait: Trait): readonly FailureCode[] => failureCodes.filter((code) => hasTrait(code, trait));

describe('the traits of failures', () => {
  it.each<[Trait, readonly FailureCode[]]>([
    [
      'transient',
      [
        'network_unreachable',
        'request_timeout',
        'response_too_large',
        'unexpected_content',
        'captive_portal',
        'proxy_refused',
        'proxy_sign_in',
        'certificate_untrusted',
        'certificate_date_invalid',
        'certificate_invalid',
        'connection_damaged',
        'client_certificate_needed',
        'too_many_requests',
        'server_error',
        'clock_wrong',
        'laptop_gone',
        'relay_refused',
      ],
    ],
    [
      'unavailable',
      [
        'metadata_not_found',
        'metadata_invalid',
        'network_unreachable',
        'request_timeout',
        'response_too_large',
        'unexpected_redirect',
        'unexpected_content',
        'captive_portal',
        'proxy_refused',
        'proxy_sign_in',
        'certificate_untrusted',
        'certificate_date_invalid',
        'certificate_invalid',
        'connection_damaged',
        'client_certificate_needed',
        'too_many_requests',
        'server_error',
        'response_invalid',
        'signing_keys_unavailable',
        'signing_keys_refused',
        'signing_keys_unusable',
        'laptop_gone',
        'relay_refused',
      ],
    ],
    [
      'answered',
      [
        'metadata_invalid',
        'response_too_large',
        'too_many_requests',
        'server_error',
        'response_invalid',
        'signing_keys_unavailable',
        'signing_keys_refused',
        'signing_keys_unusable',
      ],
    ],
    [
      'connection',
      [
        'network_unreachable',
        'request_timeout',
        'unexpected_redirect',
        'unexpected_content',
        'captive_portal',
        'proxy_refused',
        'proxy_sign_in',
        'connection_damaged',
        'laptop_gone',
        'relay_refused',
      ],
    ],
    [
      'not_sent',
      [
        'proxy_refused',
        'proxy_sign_in',
        'certificate_untrusted',
        'certificate_date_invalid',
        'certificate_invalid',
        'client_certificate_needed',
        'laptop_gone',
        'relay_refused',
      ],
    ],
    ['answer_lost', ['network_unreachable', 'request_timeout', 'connection_damaged', 'response_invalid']],
    [
      'decision',
      [
        'access_denied',
        'expired_token',
        'invalid_grant',
        'license_of_another_computer',
        'invalid_client',
        'unauthorized_client',
        'invalid_scope',
        'invalid_target',
        'resource_missing',
        'authorization_refused',
        'token_malformed',
        'token_signature_invalid',
        'token_algorithm_unsupported',
        'token_type_invalid',
        'token_issuer_mismatch',
        'token_audience_mismatch',
        'token_client_mismatch',
        'token_expired',
        'token_issued_in_future',
        'signing_keys_unavailable',
        'signing_keys_refused',
        'signing_keys_unusable',
        'license_details_missing',
        'token_not_bound',
        'wrong_device',
        'device_not_accepted',
        'license_of_another_server',
      ],
    ],
    ['server_moved', ['invalid_client', 'authorization_refused']],
    ['refuses_client', ['invalid_client', 'unauthorized_client']],
    ['reauthorize', ['invalid_grant', 'license_of_another_computer', 'license_of_another_server']],
    ['needs_person', ['invalid_grant', 'license_of_another_computer', 'secret_store_damaged']],
    ['needs_pause', ['too_many_requests', 'server_error']],
    ['keys_refused', ['signing_keys_refused', 'signing_keys_unusable']],
    ['refresh_only', ['secret_store_refused', 'secret_store_full', 'secret_store_damaged']],
    ['one_entry', ['secret_store_changed_backend', 'secret_store_damaged']],
    ['irrevocable', ['token_issuer_mismatch', 'secret_store_damaged']],
  ])('%s: exactly these failures have it', (trait, codes) => {
    expect(having(trait)).toEqual(codes);
  });

  it.each<[Trait, string]>([
    ['keychain', 'secret_store_'],
    ['signing_keys', 'signing_keys_'],
    ['decision', 'token_'],
  ])('%s: every failure that begins with %s has it', (trait, prefix) => {
    expect(having(trait)).toEqual(expect.arrayContaining(failureCodes.filter((code) => code.startsWith(prefix))));
  });

  it.each<[Trait, Trait]>([
    ['connection', 'unavailable'],
    ['answered', 'unavailable'],
    ['not_sent', 'transient'],
    ['needs_pause', 'transient'],
    ['keys_refused', 'signing_keys'],
    ['refresh_only', 'keychain'],
    ['one_entry', 'keychain'],
  ])('%s implies %s', (trait, implied) => {
    expect(having(implied)).toEqual(expect.arrayContaining([...having(trait)]));
  });

  it('stops refreshing for every new authorization but one: a later refresh may bring the right license again', () => {
    const goesOn = having('reauthorize').filter((code) => !having('needs_person').includes(code));
    expect(goesOn).toEqual(['license_of_another_server']);
  });

  it.each<[Trait, Trait]>([
    ['transient', 'decision'],
    ['transient', 'needs_person'],
    ['not_sent', 'answer_lost'],
    ['answered', 'connection'],
    ['answered', 'not_sent'],
  ])('%s and %s never go together', (trait, other) => {
    expect(having(trait).filter((code) => hasTrait(code, other))).toEqual([]);
  });

  it('a missing failure has none', () => {
    expect(hasTrait(undefined, 'transient')).toBe(false);
  });

  it('a remedy or an exit code is not one of them', () => {
    expect(hasTrait('access_denied', 'refused' as Trait)).toBe(false);
  });
});

it('every failure of the keychain exits with personMustAct', () => {
  for (const code of having('keychain')) expect(exitOf(code)).toBe('personMustAct');
});

it('a text is a failure code only if the table has it', () => {
  expect(isFailureCode('access_denied')).toBe(true);
  for (const text of ['', 'gremlins', 'toString', '__proto__']) expect(isFailureCode(text)).toBe(false);
});
