import { describe, expect, it } from 'vitest';
import { ProxyQuestion } from '../../../../src-main/desktop/proxy-question.ts';
import type { SignInSubject } from '../../../../src-main/desktop/sign-in-questions.ts';
import { ProxySignIns } from '../../../../src-main/keychain/proxy-sign-ins.ts';
import { succeed } from '../../../../src-shared/result.ts';
import type { EnteredSignIn } from '../../../../src-shared/authorization-pane/sign-in-question.ts';

const proxy = 'proxy.example:3128';

/** `answers`: what the person enters at each question; a cancel after the last. */
function atHand(...answers: readonly EnteredSignIn[]) {
  const signIns = new ProxySignIns({
    read: async () => succeed(null),
    write: async () => succeed(null),
    remove: async () => succeed(null),
  });
  const asked: SignInSubject[] = [];
  const signals: AbortSignal[] = [];
  const counted = { entered: 0 };
  const question = new ProxyQuestion({
    questions: {
      ask: async (subject, gone) => {
        signals.push(gone);
        return answers[asked.push(subject) - 1] ?? null;
      },
    },
    signIns,
    changed: () => {},
    onEntered: () => (counted.entered += 1),
  });
  /** The proxy refuses every sign-in. */
  const refuse = async () => {
    signIns.wanted(proxy, await signIns.of(proxy));
    await new Promise(setImmediate);
  };
  return { signIns, question, asked, signals, counted, refuse };
}

describe('the question for the name and password of a proxy', () => {
  it('is asked once, and the answer is kept and used', async () => {
    const { question, signIns, asked, counted, refuse } = atHand({ name: 'mel', password: 'x' });
    expect(question.view()).toBeNull();
    await refuse();
    expect(asked).toEqual([{ kind: 'proxy', origin: proxy, again: false, encrypted: false }]);
    expect(await signIns.of(proxy)).toEqual({ name: 'mel', password: 'x' });
    expect(counted.entered).toBe(1);
    expect(question.view()).toEqual({ proxy, kept: true, unsaved: false });
  });

  it('is asked once more after a refusal, with the reason, but never in a loop', async () => {
    const wrong = { name: 'mel', password: 'wrong' };
    const { asked, refuse } = atHand(wrong, wrong, wrong);
    for (let count = 0; count < 20; count += 1) await refuse();
    expect(asked.map(({ again }) => again)).toEqual([false, true]);
  });

  it('is not asked again after a cancel, until the person asks for it', async () => {
    const { question, asked, counted, refuse } = atHand();
    for (let count = 0; count < 5; count += 1) await refuse();
    expect(asked).toHaveLength(1);
    expect(counted.entered).toBe(0);
    expect(question.enter().ok).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('can be withdrawn, and does not exist before a proxy has asked', async () => {
    const { question, refuse } = atHand({ name: 'mel', password: 'x' });
    expect(question.enter()).toMatchObject({ ok: false, failure: { code: 'request_malformed' } });
    expect((await question.forget()).ok).toBe(true);
    await refuse();
    expect((await question.forget()).ok).toBe(true);
    expect(question.view()).toEqual({ proxy, kept: false, unsaved: false });
  });

  it('ends with the window', async () => {
    const { question, asked, signals, refuse } = atHand({ name: 'mel', password: 'x' });
    await refuse();
    question.close();
    expect(signals[0]?.aborted).toBe(true);
    await refuse();
    expect(asked).toHaveLength(1);
  });
});
