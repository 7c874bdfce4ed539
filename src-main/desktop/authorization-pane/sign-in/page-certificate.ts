import type { Certificate, WebContents } from 'electron';
import type { CertificateView } from '../../../../src-shared/authorization-pane/certificate-question.ts';
import { type Failure, failure } from '../../../../src-shared/result.ts';
import { shownText } from '../../../../src-shared/text/shown-text.ts';
import type { CertificateSubject } from '../../sign-in-questions.ts';
import { PageAsking, type PageAskingDeps } from './page-asking.ts';
import { cutLeft, webAddress } from '../shown-host.ts';

export interface PageCertificateDeps extends PageAskingDeps {
  /** Resolves to the place of the chosen certificate in the list, or to null if the server gets none. */
  readonly askCertificate: (subject: CertificateSubject, gone: AbortSignal) => Promise<number | null>;
}

/** A person has a few. The rest of a longer list is not shown. */
const mostShown = 50;
const longestName = 200;
/** The page is gone, so nobody needs an answer. */
const left = 'left';

/**
 * Client certificates of the pages (RFC 8446 §4.3.2). The person is asked even if there is only one, because a certificate tells the server
 * who the person is. Only the session remembers the choice.
 */
export class PageCertificate {
  readonly #deps: PageCertificateDeps;
  readonly #asking: PageAsking<Certificate | typeof left>;
  /** The answers to the last questions, for the last few origins. */
  readonly #got = new Map<string, 'declined' | 'refused'>();

  constructor(deps: PageCertificateDeps) {
    this.#deps = deps;
    this.#asking = new PageAsking(deps);
  }

  watch(contents: WebContents): void {
    this.#asking.watch(contents);
    contents.on('select-client-certificate', (event, place, certificates, answer) => {
      const asking = addressOf(place);
      if (!asking || !this.#asking.mayAsk(asking, contents.getURL())) return;
      event.preventDefault();
      // Electron types the argument as required. Without it the server gets no certificate.
      const give = answer as (certificate?: Certificate) => void;
      void this.#chosenOf(certificates, asking.origin).then((chosen) => {
        // Chromium would remember the answer as the person's choice. The request ends with its page.
        if (chosen === left) return;
        const same = certificates.find(({ fingerprint }) => fingerprint === chosen?.fingerprint);
        return same ? give(same) : give();
      });
    });
  }

  /** The person opens a page or loads it again, and may be asked again. */
  personOpens(): void {
    this.#asking.personOpens();
  }

  /** The view is closed. */
  leave(): void {
    this.#asking.leave();
    this.#got.clear();
  }

  /** Adds the reason to the failure of a page that needs a certificate but got none. */
  explain(reason: Failure | null, address: string): Failure | null {
    const got = this.#got.get(webAddress(address)?.origin ?? '');
    // In TLS 1.3 a server refuses after the handshake. Its reason may be lost, and then the connection only breaks.
    const breaks = reason?.code === 'network_unreachable' && !reason.facts?.['cause'] && got !== undefined;
    if (!reason || (reason.code !== 'client_certificate_needed' && !breaks)) return reason;
    return failure('client_certificate_needed', { facts: { ...reason.facts, certificate: got ?? 'none' } });
  }

  /** `refused`: if the load fails, the server has refused the certificate that it got. */
  #note(origin: string, got: 'declined' | 'refused'): void {
    if (this.#got.size >= mostShown) this.#got.clear();
    this.#got.set(origin, got);
  }

  #chosenOf(certificates: readonly Certificate[], origin: string): Promise<Certificate | typeof left | null> {
    return this.#asking.answerFor(origin, async (_again, gone) => {
      const views = certificates.slice(0, mostShown).map(viewOf);
      if (views.length === 0) return null;
      const place = await this.#deps.askCertificate(
        { kind: 'certificate', origin: cutLeft(origin), certificates: views },
        gone,
      );
      if (gone.aborted) return left;
      this.#note(origin, place === null ? 'declined' : 'refused');
      return place === null ? null : (certificates[place] ?? null);
    });
  }
}

/** Electron gives the host and the port of the server. Only TLS asks for certificates. */
function addressOf(place: string): URL | null {
  return webAddress(place.includes('://') ? place : `https://${place}`);
}

function viewOf({ subjectName, subject, issuerName, issuer, validExpiry }: Certificate): CertificateView {
  return {
    subject: shownText(subjectName || (subject?.commonName ?? ''), longestName),
    issuer: shownText(issuerName || (issuer?.commonName ?? ''), longestName),
    validUntilAt: validExpiry * 1000,
  };
}
