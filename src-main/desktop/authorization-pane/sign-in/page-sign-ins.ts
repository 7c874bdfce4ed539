import type { WebContents } from 'electron';
import type { Failure } from '../../../../src-shared/result.ts';
import { IntegratedSignIn } from './integrated-sign-in.ts';
import { PageCertificate, type PageCertificateDeps } from './page-certificate.ts';
import { PagePassword, type PagePasswordDeps } from './page-password.ts';

/** How the servers of one view's pages learn who the person is: by a password, a certificate or the integrated sign-in. */
export class PageSignIns {
  readonly #password: PagePassword;
  readonly #certificate: PageCertificate;
  readonly #integrated = new IntegratedSignIn();

  constructor(deps: PagePasswordDeps & PageCertificateDeps) {
    this.#password = new PagePassword(deps);
    this.#certificate = new PageCertificate(deps);
  }

  /** `integratedHosts`: the patterns of the servers that may have the integrated sign-in. If it is absent, the list does not change. */
  watch(contents: WebContents, integratedHosts?: readonly string[]): void {
    this.#password.watch(contents);
    this.#certificate.watch(contents);
    if (integratedHosts) this.#integrated.watch(contents, integratedHosts);
  }

  /** The person opens a page or loads it again, and may be asked again. */
  personOpens(): void {
    this.#password.personOpens();
    this.#certificate.personOpens();
  }

  /** The view is closed. */
  leave(): void {
    this.#password.leave();
    this.#certificate.leave();
    this.#integrated.leave();
  }

  /** Names the failure of a page better, if it is about a sign-in. `isEmpty`: the page shows nothing. */
  explain(reason: Failure | null, address: string, isEmpty: boolean): Failure | null {
    return this.#integrated.failureAt(address, isEmpty) ?? this.#certificate.explain(reason, address);
  }
}
