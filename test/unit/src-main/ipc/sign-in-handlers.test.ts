import { describe, expect, it } from 'vitest';
import { signInHandlers } from '../../../../src-main/ipc/sign-in-handlers.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';

describe('the answers to a server that wants a name and a password', () => {
  it('each go to the question that they name', async () => {
    const heard: unknown[] = [];
    const handlers = signInHandlers({
      proxyQuestion: { enter: () => succeed(null), forget: async () => (heard.push('forget'), succeed(null)) },
      signIns: {
        answer: (...given) => (heard.push(given), given[0] === 1 ? succeed(null) : fail('request_malformed')),
        cancel: (id) => void heard.push(id),
      },
    });
    expect((await handlers['sign_in.answer']({ id: 1, name: 'mel', password: 'x' })).ok).toBe(true);
    expect((await handlers['sign_in.answer']({ id: 9, name: 'mel', password: 'x' })).ok).toBe(false);
    expect((await handlers['sign_in.choose_certificate']({ id: 1, certificate: 3 })).ok).toBe(true);
    expect((await handlers['sign_in.cancel']({ id: 2 })).ok).toBe(true);
    expect((await handlers['sign_in.enter_proxy'](undefined)).ok).toBe(true);
    expect((await handlers['sign_in.forget_proxy'](undefined)).ok).toBe(true);
    const entered = { name: 'mel', password: 'x' };
    expect(heard).toEqual([[1, entered], [9, entered], [1, 3], 2, 'forget']);
  });
});
