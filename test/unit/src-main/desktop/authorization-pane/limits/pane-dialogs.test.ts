import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { sandboxPages, withPolicy } from '../../../../../../src-main/desktop/authorization-pane/limits/pane-dialogs.ts';

type Listener = (details: Record<string, unknown>, callback: (answer: Record<string, unknown>) => void) => void;

function sandboxedSession() {
  const listeners = new Map<string, Listener>();
  const keep = (name: string) => (_filter: unknown, listener: Listener) => listeners.set(name, listener);
  sandboxPages({
    webRequest: { onHeadersReceived: keep('headers'), onBeforeSendHeaders: keep('send') },
  } as unknown as Session);
  return (name: string, details: Record<string, unknown>) => {
    let answered: Record<string, unknown> = {};
    listeners.get(name)?.(details, (answer) => (answered = answer));
    return answered;
  };
}

const policyOf = (answer: Record<string, unknown>) =>
  (answer['responseHeaders'] as Record<string, string[]>)['Content-Security-Policy']?.join() ?? '';

describe('the sandbox of every page and frame', () => {
  const ask = sandboxedSession();

  it.each(['mainFrame', 'subFrame'])('allows scripts, forms and the own origin, but no dialogs: %s', (resourceType) => {
    const policy = policyOf(ask('headers', { resourceType, responseHeaders: {} }));
    expect(policy).toMatch(/^sandbox /);
    for (const right of ['allow-scripts', 'allow-forms', 'allow-same-origin']) expect(policy).toContain(right);
    for (const right of ['allow-modals', 'allow-presentation', 'escape-sandbox', 'custom-protocols'])
      expect(policy).not.toContain(right);
  });

  it.each(['allow-popups', 'allow-downloads'])('gives %s to a page, but not to a frame', (right) => {
    expect(policyOf(ask('headers', { resourceType: 'mainFrame' }))).toContain(right);
    expect(policyOf(ask('headers', { resourceType: 'subFrame' }))).not.toContain(right);
  });

  it('is added to the policies of the server', () => {
    const headers = { 'content-security-policy': ["default-src 'self'", 'sandbox'], Server: ['x'] };
    expect(withPolicy(headers, 'sandbox allow-scripts')).toEqual({
      'content-security-policy': ["default-src 'self'", 'sandbox', 'sandbox allow-scripts'],
      Server: ['x'],
    });
  });

  it.each([
    [{ 'Service-Worker': 'script' }, true],
    [{ 'service-worker': 'script' }, true],
    [{ Accept: '*/*' }, false],
  ])('refuses service workers: a request with %j is cancelled: %s', (requestHeaders, cancel) => {
    expect(ask('send', { requestHeaders })).toEqual({ cancel });
  });
});
