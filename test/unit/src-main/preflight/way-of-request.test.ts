import { describe, expect, it } from 'vitest';
import type { ServerCheck } from '../../../../src-main/preflight/preflight-check.ts';
import type { ServerScene, TrialRequest } from '../../../../src-main/preflight/preflight-scene.ts';
import { checkOfStage, stageOf } from '../../../../src-main/preflight/way-of-request.ts';
import { failureCodes, hasTrait } from '../../../../src-shared/failure-codes.ts';
import { type Stage, stages } from '../../../../src-shared/support/preflight.ts';
import { type Failure, failure } from '../../../../src-shared/result.ts';

const signal = new AbortController().signal;

function afterRequest(reason: Failure | null): ServerScene {
  const request: TrialRequest = {
    issuer: 'https://auth.example',
    host: 'auth.example',
    isEncrypted: true,
    failure: reason,
    evidence: {},
    laptop: null,
    proxyScript: null,
  };
  return { tryRequest: async () => request } as unknown as ServerScene;
}

const stateOf = async (check: ServerCheck, scene: ServerScene) => (await check.check(scene, signal)).state;

describe('the stages of a request', () => {
  it.each<[string, Failure, Stage]>([
    ['no network', failure('network_unreachable', { facts: { cause: 'no_network' } }), 'network'],
    ['an unknown name', failure('network_unreachable', { facts: { cause: 'name_unknown' } }), 'name'],
    ['a refused connection', failure('network_unreachable', { facts: { cause: 'refused' } }), 'connection'],
    ['a broken connection', failure('network_unreachable'), 'connection'],
    ['no answer', failure('request_timeout'), 'connection'],
    ['a laptop that is gone', failure('laptop_gone'), 'connection'],
    ['a laptop that refuses', failure('relay_refused'), 'connection'],
    ['a proxy that refuses', failure('proxy_refused'), 'proxy'],
    ['a proxy that wants a sign-in', failure('proxy_sign_in'), 'proxy'],
    ['a private authority', failure('certificate_untrusted'), 'certificate'],
    ['an expired certificate', failure('certificate_date_invalid'), 'certificate'],
    ['a connection that is no TLS', failure('connection_damaged'), 'certificate'],
    ['a certificate of another host', failure('certificate_invalid'), 'certificate'],
    ['a sign-in page of the network', failure('captive_portal'), 'portal'],
    ['a page where no server is', failure('metadata_not_found'), 'authorization_server'],
    ['another issuer', failure('issuer_mismatch'), 'authorization_server'],
    ['a busy server', failure('server_error'), 'authorization_server'],
    ['no device flow', failure('device_flow_unsupported'), 'device_flow'],
    ['no keys', failure('signing_keys_unavailable'), 'keys'],
  ])(
    'name %s at one stage only; those before it pass, and those after it were not reached',
    async (_name, reason, stage) => {
      expect(stageOf(reason)).toBe(stage);
      const scene = afterRequest(reason);
      const states = await Promise.all(
        stages.map((each) =>
          stateOf(
            checkOfStage(each, () => 'works'),
            scene,
          ),
        ),
      );
      const at = stages.indexOf(stage);
      expect(states).toEqual(stages.map((_, index) => (index < at ? 'ok' : index === at ? 'failed' : 'skipped')));
    },
  );

  it('all pass if the request succeeded', async () => {
    const scene = afterRequest(null);
    for (const stage of stages)
      expect(
        await stateOf(
          checkOfStage(stage, () => 'works'),
          scene,
        ),
      ).toBe('ok');
  });

  it('never leave a failure unnamed, whatever its code', async () => {
    for (const code of failureCodes.filter((each) => hasTrait(each, 'unavailable'))) {
      const scene = afterRequest(failure(code));
      const states = await Promise.all(
        stages.map((each) =>
          stateOf(
            checkOfStage(each, () => 'works'),
            scene,
          ),
        ),
      );
      expect(states.filter((state) => state === 'failed')).toHaveLength(1);
    }
  });
});
