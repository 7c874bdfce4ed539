import { describe, expect, it } from 'vitest';
import { mostQuestions, SignInQuestions } from '../../../../src-main/desktop/sign-in-questions.ts';

const subject = { kind: 'server' as const, origin: 'https://login.example.com', again: false, encrypted: true };
const entered = { name: 'mel', password: 'canary' };

function atHand() {
  const counted = { changes: 0 };
  const questions = new SignInQuestions(() => (counted.changes += 1));
  const page = new AbortController();
  return {
    questions,
    page,
    counted,
    ask: (origin = subject.origin) => questions.ask({ ...subject, origin }, page.signal),
  };
}

describe('questions for a name and a password', () => {
  it('are shown one at a time in their order, and each answer goes to its own question', async () => {
    const { questions, ask } = atHand();
    const [one, two] = [ask('https://one.example'), ask('https://two.example')];
    expect(questions.view()).toEqual({ ...subject, origin: 'https://one.example', id: 1 });
    questions.cancel(1);
    expect(await one).toBeNull();
    expect(questions.view()).toMatchObject({ origin: 'https://two.example', id: 2 });
    expect(questions.answer(2, entered).ok).toBe(true);
    expect(await two).toEqual(entered);
    expect(questions.view()).toBeNull();
  });

  it('ignore an answer to a question that has ended', async () => {
    const { questions, ask, counted } = atHand();
    const one = ask();
    questions.cancel(1);
    const { changes } = counted;
    expect(questions.answer(1, entered)).toMatchObject({ ok: false, failure: { code: 'request_malformed' } });
    questions.cancel(1);
    expect(await one).toBeNull();
    expect(counted.changes).toBe(changes);
  });

  it('end with their page, and a page that is gone asks none', async () => {
    const { questions, page, ask } = atHand();
    const both = [ask(), ask()];
    page.abort();
    expect(await Promise.all(both)).toEqual([null, null]);
    expect(await ask()).toBeNull();
    expect(questions.view()).toBeNull();
  });

  it('are only a few during a flood', async () => {
    const { questions, page, ask, counted } = atHand();
    const all = Array.from({ length: 1000 }, () => ask());
    expect(counted.changes).toBe(mostQuestions);
    expect(await all.at(-1)).toBeNull();
    page.abort();
    expect(await Promise.all(all)).toEqual(Array<null>(1000).fill(null));
    expect(questions.view()).toBeNull();
  });

  it('accept a certificate only from their list, and no answer of another kind', async () => {
    const { questions, page, ask } = atHand();
    const certificates = ['Mel', 'Store'].map((name) => ({ subject: name, issuer: 'CA', validUntilAt: 0 }));
    const asked = { kind: 'certificate' as const, origin: subject.origin, certificates };
    const [chosen, signIn] = [questions.askCertificate(asked, page.signal), ask()];
    expect(questions.view()).toEqual({ ...asked, id: 1 });
    for (const answer of [entered, 2, -1, 0.5, Number.NaN]) expect(questions.answer(1, answer).ok).toBe(false);
    expect(questions.answer(2, 0).ok).toBe(false);
    expect(questions.answer(1, 1).ok).toBe(true);
    expect(await chosen).toBe(1);
    questions.cancel(2);
    expect(await signIn).toBeNull();
  });

  it('do not pass what a person entered to any view', async () => {
    const { questions, ask } = atHand();
    const one = ask();
    expect(questions.answer(1, entered)).toEqual({ ok: true, value: null });
    await one;
    expect(JSON.stringify([questions.view(), questions])).not.toContain('canary');
  });
});
