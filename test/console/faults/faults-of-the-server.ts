import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import type { Fault } from '../../authorization-server/faults/fault-plan.ts';
import type { ClaimOverride } from '../../authorization-server/records/claim-overrides.ts';
import type { FaultRow } from './fault-rows.ts';

function refused(what: string, status: number, body: object, code: FailureCode, headline: string): FaultRow {
  const plant: FaultRow['plant'] = (scene) => scene.plant('token', { kind: 'status', status, body });
  return { what, plant, fails: { code, headline }, says: 'own', next: 'minutes', where: 'answer' };
}

/** The token endpoint's own refusals (RFC 6749 §5.2). */
export const refusals: readonly FaultRow[] = [
  {
    ...refused('invalid_grant', 400, { error: 'invalid_grant' }, 'invalid_grant', 'Authorize this server again'),
    says: 'authorize_again',
    next: 'none',
  },
  refused(
    'invalid_client',
    401,
    { error: 'invalid_client' },
    'invalid_client',
    'The Authorization server does not know this console',
  ),
  refused(
    'unauthorized_client',
    400,
    { error: 'unauthorized_client' },
    'unauthorized_client',
    'This console may not ask for licenses there',
  ),
  refused('invalid_scope', 400, { error: 'invalid_scope' }, 'invalid_scope', 'The server does not know the Scope'),
  refused(
    'invalid_target',
    400,
    { error: 'invalid_target' },
    'resource_missing',
    'The Authorization server wants a Resource',
  ),
  refused(
    'access_denied with words',
    400,
    { error: 'access_denied', error_description: 'All 2 licenses are in use' },
    'access_denied',
    'The Authorization server refused',
  ),
  refused(
    'an error of tomorrow',
    400,
    { error: 'quota_exceeded' },
    'authorization_refused',
    'The Authorization server rejected the request',
  ),
  {
    ...refused(
      'temporarily_unavailable',
      400,
      { error: 'temporarily_unavailable' },
      'server_error',
      'The Authorization server has a problem',
    ),
    says: 'answered',
    where: 'way',
  },
];

function spoiled(what: string, spoil: ClaimOverride, code: FailureCode, headline: string): FaultRow {
  const plant: FaultRow['plant'] = (scene) => scene.spoil(spoil);
  return { what, plant, fails: { code, headline }, says: 'own', next: 'minutes', where: 'behind' };
}

const notFetched = { code: 'signing_keys_unavailable', headline: 'The license cannot be checked right now' } as const;
const notGiven = { code: 'signing_keys_refused', headline: 'The server did not give its public keys' } as const;
const notFitting = { code: 'signing_keys_unusable', headline: "None of the server's keys fits the license" } as const;

function withoutKeys(what: string, fault: Fault, fails: FaultRow['fails'] = notFetched): FaultRow {
  const arrange: FaultRow['arrange'] = (scene) => {
    scene.server.control.rotateKeys({ keepOld: false });
    scene.plant('jwks', fault);
  };
  return { what, arrange, fails, says: 'answered', next: 'minutes', where: 'behind' };
}

/** The stored metadata are enough (protocol.md: nothing that is valid offline may need fresh metadata). */
function withoutMetadata(what: string, fault: Fault): FaultRow {
  const arrange: FaultRow['arrange'] = async (scene) => {
    scene.plant('discovery', fault);
    await scene.askMetadata();
  };
  return { what, arrange, next: 'half_life', where: 'behind' };
}

const notGenuine = 'The license token is not genuine';

/** Unusable tokens, keys and metadata. */
export const spoiledTokens: readonly FaultRow[] = [
  {
    ...spoiled('token: bad signature', {}, 'token_signature_invalid', notGenuine),
    plant: (scene) => scene.plant('token', { kind: 'bad-signature' }),
  },
  {
    ...spoiled('token: no JWT', {}, 'token_malformed', 'The license token cannot be read'),
    plant: (scene) => scene.plant('token', { kind: 'edit-json', members: { access_token: 'opaque' } }),
  },
  spoiled(
    'token: other audience',
    { set: { aud: 'urn:other' } },
    'token_audience_mismatch',
    'The license token is for another product',
  ),
  spoiled(
    'token: other issuer',
    { set: { iss: 'https://auth.example.com' } },
    'token_issuer_mismatch',
    'The license token comes from another server',
  ),
  spoiled(
    'token: other type',
    { header: { typ: 'logout+jwt' } },
    'token_type_invalid',
    'The server issued another kind of token',
  ),
  spoiled(
    'token: run out',
    { set: { iat: 1_600_000_000, exp: 1_600_003_600 } },
    'token_expired',
    'The license token had already expired',
  ),
  spoiled(
    'token: of the future',
    { set: { iat: 4_000_000_000, exp: 4_000_003_600 } },
    'token_issued_in_future',
    'The license token is dated in the future',
  ),
  spoiled(
    'token: no license details',
    { drop: ['server_id'] },
    'license_details_missing',
    'The token came without license details',
  ),
  spoiled('token: of a register', { set: { device_type: 'register' } }, 'wrong_device', 'Wrong device type'),
  withoutKeys('new keys: connection dropped', { kind: 'drop' }),
  withoutKeys('new keys: a page', { kind: 'html' }),
  withoutKeys('new keys: 503', { kind: 'status', status: 503 }),
  withoutKeys('new keys: 403', { kind: 'status', status: 403 }, notGiven),
  withoutKeys('new keys: none in the list', { kind: 'edit-json', members: { keys: [] } }, notFitting),
  withoutMetadata('metadata: connection dropped', { kind: 'drop' }),
  withoutMetadata('metadata: a page', { kind: 'html' }),
  withoutMetadata('metadata: 503', { kind: 'status', status: 503 }),
  withoutMetadata('metadata: 404', { kind: 'status', status: 404 }),
  withoutMetadata('metadata: of another issuer', {
    kind: 'edit-json',
    members: { issuer: 'https://auth.example.com' },
  }),
  withoutMetadata('metadata: a redirect', { kind: 'redirect', location: 'https://portal.example.com/' }),
  withoutMetadata('metadata: incomplete', { kind: 'edit-json', members: { token_endpoint: null } }),
];
