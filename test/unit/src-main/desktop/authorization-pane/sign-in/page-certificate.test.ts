import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { PageCertificate } from '../../../../../../src-main/desktop/authorization-pane/sign-in/page-certificate.ts';
import type { CertificateSubject } from '../../../../../../src-main/desktop/sign-in-questions.ts';
import { failure } from '../../../../../../src-shared/result.ts';

const shown = 'https://auth.example.com';
const certificate = (subjectName: string) => ({
  fingerprint: `sha256/${subjectName}`,
  subjectName,
  issuerName: 'Users CA',
  validExpiry: 1_800_000_000,
});
const both = [certificate('Mel'), certificate('Store')];

/** A page on the screen. `choice` is the person's choice at each question. */
function pageAtHand(choice: (gone: AbortSignal) => Promise<number | null> = async () => null) {
  const asked: CertificateSubject[] = [];
  const contents = Object.assign(new EventEmitter(), { getURL: () => `${shown}/start` });
  const pages = new PageCertificate({
    askCertificate: async (subject, gone) => {
      asked.push(subject);
      return choice(gone);
    },
    onAsked: () => {},
    onAnswered: () => {},
  });
  pages.watch(contents as unknown as WebContents);
  /** What the server gets. Undefined if nothing was answered. */
  const request = async (place = 'auth.example.com:443', list: readonly unknown[] = both) => {
    let given: readonly unknown[] | undefined;
    let prevented = false;
    const event = { preventDefault: () => (prevented = true) };
    contents.emit('select-client-certificate', event, place, list, (...values: unknown[]) => (given = values));
    await new Promise(setImmediate);
    return { given, prevented };
  };
  const navigate = (url: string) => contents.emit('did-start-navigation', { url, isMainFrame: true });
  return { contents, pages, asked, request, navigate };
}

describe('client certificates of a page', () => {
  it('are offered with holder, issuer and expiry, and the server gets the chosen one', async () => {
    const { asked, request } = pageAtHand(async () => 1);
    expect(await request()).toEqual({ given: [both[1]], prevented: true });
    const view = { issuer: 'Users CA', validUntilAt: 1_800_000_000_000 };
    const certificates = [
      { subject: 'Mel', ...view },
      { subject: 'Store', ...view },
    ];
    expect(asked).toEqual([{ kind: 'certificate', origin: shown, certificates }]);
  });

  it('need a choice even if there is only one', async () => {
    const { asked, request } = pageAtHand();
    expect(await request('auth.example.com:443', [certificate('Mel')])).toEqual({ given: [], prevented: true });
    expect(asked).toHaveLength(1);
  });

  it.each(['elsewhere.example:443', 'auth.example.com:8443', '127.0.0.1:443', '', 'no place'])(
    'lead to no question for %j in the page',
    async (place) => {
      const { asked, request } = pageAtHand(async () => 0);
      expect(await request(place)).toEqual({ given: undefined, prevented: false });
      expect(asked).toEqual([]);
    },
  );

  it('are shown as short visible texts, in a list of limited length', async () => {
    const { asked, request } = pageAtHand();
    await request('auth.example.com:443', [certificate(`Mel\u202e\n${'x'.repeat(10_000)}`)]);
    expect(asked[0]?.certificates[0]?.subject).toMatch(/^Mel x{100,200}…$/);
    const { asked: long, request: again } = pageAtHand();
    await again(
      'auth.example.com:443',
      Array.from({ length: 1000 }, (_one, place) => certificate(`Mel ${place}`)),
    );
    expect(long[0]?.certificates).toHaveLength(50);
  });

  it('lead to one question for simultaneous requests, each with the certificate from its own list', async () => {
    const { asked, request } = pageAtHand(async () => 1);
    const copies = [certificate('Store'), certificate('Mel')];
    const [one, two] = await Promise.all([request(), request('auth.example.com:443', copies)]);
    expect(one.given).toEqual([both[1]]);
    expect(two.given?.[0]).toBe(copies[0]);
    expect(asked).toHaveLength(1);
  });

  it("get no answer for a page that is gone, since Chromium would remember that as the person's choice", async () => {
    const ends = (gone: AbortSignal) =>
      new Promise<null>((resolve) => gone.addEventListener('abort', () => resolve(null)));
    const { request, navigate } = pageAtHand(ends);
    const asking = request();
    navigate(`${shown}/next`);
    expect(await asking).toEqual({ given: undefined, prevented: true });
  });

  it('lead to no question after a refusal until the person opens a page', async () => {
    const { asked, pages, request } = pageAtHand();
    await request();
    expect((await request()).prevented).toBe(false);
    pages.personOpens();
    await request();
    expect(asked).toHaveLength(2);
  });

  it('have an explanation if a server needs one but got none', async () => {
    const needed = failure('client_certificate_needed', { facts: { host: 'auth.example.com' } });
    const choices = [0, null];
    const { pages, request } = pageAtHand(async () => choices.shift() ?? null);
    const why = () => pages.explain(needed, `${shown}/start`)?.facts;
    expect(why()).toEqual({ host: 'auth.example.com', certificate: 'none' });
    await request();
    expect(why()).toMatchObject({ certificate: 'refused' });
    await request();
    expect(why()).toMatchObject({ certificate: 'declined' });
    const broken = failure('network_unreachable', { facts: { host: 'auth.example.com' } });
    expect(pages.explain(broken, `${shown}/start`), 'the reason was lost').toMatchObject({
      code: 'client_certificate_needed',
      facts: { host: 'auth.example.com', certificate: 'declined' },
    });
    const noNetwork = failure('network_unreachable', { facts: { cause: 'no_network' } });
    expect(pages.explain(noNetwork, `${shown}/start`)).toEqual(noNetwork);
    pages.leave();
    expect(pages.explain(broken, `${shown}/start`), 'nobody was asked').toEqual(broken);
    expect(why()).toMatchObject({ certificate: 'none' });
    expect(pages.explain(failure('server_error'), shown)).toEqual(failure('server_error'));
    expect(pages.explain(null, shown)).toBeNull();
  });
});
