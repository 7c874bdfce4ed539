import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { PagePassword } from '../../../../../../src-main/desktop/authorization-pane/sign-in/page-password.ts';
import type { SignInSubject } from '../../../../../../src-main/desktop/sign-in-questions.ts';
import type { EnteredSignIn } from '../../../../../../src-shared/authorization-pane/sign-in-question.ts';

const shown = 'https://auth.example.com';

/** A page on the screen. `entered` is what the person enters at each question. */
function pageAtHand(entered: EnteredSignIn | null = null) {
  const asked: SignInSubject[] = [];
  const signals: AbortSignal[] = [];
  const contents = Object.assign(new EventEmitter(), { getURL: () => `${shown}/start` });
  const signIn = new PagePassword({
    ask: async (subject, gone) => {
      asked.push(subject);
      signals.push(gone);
      return entered;
    },
    onAsked: () => {},
    onAnswered: () => {},
  });
  signIn.watch(contents as unknown as WebContents);
  /** What the server gets. Undefined if nothing was asked and Electron gives nothing. */
  const login = async (url = `${shown}/start`, isProxy = false) => {
    let given: readonly unknown[] | undefined;
    let prevented = false;
    const event = { preventDefault: () => (prevented = true) };
    contents.emit('login', event, { url }, { isProxy }, (...values: unknown[]) => (given = values));
    await new Promise(setImmediate);
    expect(prevented).toBe(given !== undefined);
    return given;
  };
  const navigate = (url: string) => contents.emit('did-start-navigation', { url, isMainFrame: true });
  return { contents, signIn, asked, signals, login, navigate };
}

describe('HTTP authentication of a page', () => {
  it('asks for the page itself, and gives the server what the person entered', async () => {
    const { asked, login } = pageAtHand({ name: 'mel', password: 'x' });
    expect(await login()).toEqual(['mel', 'x']);
    expect(asked).toEqual([{ kind: 'server', origin: shown, again: false, encrypted: true }]);
  });

  it.each([
    'https://elsewhere.example/picture',
    'http://auth.example.com/',
    'https://auth.example.com:8443/',
    'about:blank',
    '',
  ])('asks nothing for %j in the page', async (url) => {
    const { asked, login } = pageAtHand();
    expect(await login(url)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('does not ask for a proxy, which has its own question', async () => {
    expect(await pageAtHand().login(undefined, true)).toBeUndefined();
  });

  it('asks for the new page, even after a redirect, and no longer for the previous one', async () => {
    const { contents, asked, login, navigate } = pageAtHand({ name: 'mel', password: '' });
    navigate('http://127.0.0.1:8080/a');
    expect(await login()).toBeUndefined();
    await login('http://127.0.0.1:8080/a');
    contents.emit('did-redirect-navigation', { url: 'https://login.example/', isMainFrame: true });
    await login('https://login.example/');
    contents.emit('did-redirect-navigation', { url: 'https://frame.example/', isMainFrame: false });
    expect(await login('https://frame.example/')).toBeUndefined();
    expect(asked.map(({ origin, encrypted }) => [origin, encrypted])).toEqual([
      ['http://127.0.0.1:8080', false],
      ['https://login.example', true],
    ]);
  });

  it('asks once more after a wrong answer, with the reason, but never in a loop', async () => {
    const { contents, asked, login } = pageAtHand({ name: 'mel', password: 'wrong' });
    await login();
    await login();
    expect(await login()).toBeUndefined();
    expect(asked.map(({ again }) => again)).toEqual([false, true]);
    contents.emit('did-navigate', {}, `${shown}/start`, 401);
    expect(await login()).toBeUndefined();
    contents.emit('did-navigate', {}, `${shown}/start`, 200);
    await login();
    expect(asked.at(-1)?.again).toBe(false);
  });

  it('asks once for requests that come together, and all get the answer', async () => {
    const { asked, login } = pageAtHand({ name: 'mel', password: 'x' });
    const given = await Promise.all(Array.from({ length: 50 }, () => login()));
    expect(given).toHaveLength(50);
    for (const values of given) expect(values).toEqual(['mel', 'x']);
    expect(asked).toHaveLength(1);
  });

  it('asks nothing after a cancel, until the person opens a page', async () => {
    const { asked, signIn, login } = pageAtHand();
    expect(await login()).toEqual([]);
    expect(await login()).toBeUndefined();
    signIn.personOpens();
    expect(await login()).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('allows only a few questions to a page that goes from site to site', async () => {
    const { asked, login, navigate } = pageAtHand();
    for (let count = 0; count < 1000; count += 1) {
      navigate(`https://s${count}.example/`);
      await login(`https://s${count}.example/`);
    }
    expect(asked).toHaveLength(3);
  });

  it("ends a question with its page or view, but not at a frame's load or a jump within the page", async () => {
    const { contents, signals, signIn, login, navigate } = pageAtHand({ name: 'mel', password: '' });
    await login();
    contents.emit('did-start-navigation', { url: shown, isMainFrame: false });
    contents.emit('did-start-navigation', { url: shown, isMainFrame: true, isSameDocument: true });
    expect(signals[0]?.aborted).toBe(false);
    navigate(shown);
    expect(signals[0]?.aborted).toBe(true);
    await login();
    signIn.leave();
    expect(signals[1]?.aborted).toBe(true);
  });
});
