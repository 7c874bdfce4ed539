import { describe, expect, it } from 'vitest';
import { AcquisitionAttempt } from '../../../../src-main/acquisition/acquisition-attempt.ts';
import { SentMessage } from '../../../../src-main/acquisition/sent-message.ts';
import type { AuthorizationContext } from '../../../../src-main/authorization/authorization-context.ts';
import { present } from '../../../../src-shared/present.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

function codeOf(verificationUri: string, verificationUriComplete?: string) {
  const context = { metadata: { issuer: 'https://auth.example' } } as unknown as AuthorizationContext;
  const device = present({
    deviceCode: 'device-code',
    userCode: '123456789',
    verificationUri,
    verificationUriComplete,
    expiresInSeconds: 300,
    intervalSeconds: 5,
  });
  const clock = new FakeClock();
  const view = new AcquisitionAttempt(context, device, {
    clock,
    timer: new HandTimer(clock),
    resource: undefined,
    message: new SentMessage(),
    onChanged: () => {},
    onDecided: () => Promise.resolve(),
  }).view();
  return view.state === 'awaiting_authorization' ? view.code : null;
}

describe('the verification addresses for the screen, the QR code and the terminal', () => {
  it.each([
    ['https://auth.example/device', undefined, undefined],
    ['https://auth.example/device', 'https://auth.example/device?user_code=1', undefined],
    ['https://auth.example/device', 'https://other.example/device?user_code=1', true],
    ['https://auth.example@other.example/device', undefined, true],
    ['https://аuth.example/device', undefined, true],
    ['https://auth.example:8443/device', undefined, true],
  ])('show whether one of them is on another site: %s, %s: %s', (uri, complete, otherSite) => {
    expect(codeOf(uri, complete)?.otherSite).toBe(otherSite);
  });

  it('show the host as it is requested, and no password', () => {
    expect(codeOf('https://me:secret@аuth.example/device', 'https://auth.example@evil.example/?c=1')).toMatchObject({
      verificationUri: 'https://xn--uth-5cd.example/device',
      verificationUriComplete: 'https://evil.example/?c=1',
    });
  });
});
