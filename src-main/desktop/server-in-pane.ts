import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { Changes } from '../changes.ts';
import type { OfferControl, CodeLink } from '../pairing/laptop/offer-control.ts';
import { isHelped, type LaptopControl } from '../servers/helped-by-laptop.ts';
import type { LicensedServers, ServersWindow } from '../servers/licensed-servers.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';
import type { AuthorizationPane } from './authorization-pane/authorization-pane.ts';
import type { AwaitedCode } from './authorization-pane/reading/page-reading.ts';
import { OfferInPane } from './offer-in-pane.ts';
import { awaitedCodeOf, offerTarget, paneTarget } from './pane-targets.ts';

interface ServerInPaneDeps {
  readonly profiles: ServerProfiles;
  readonly servers: LicensedServers;
  readonly offer: OfferControl;
  readonly laptop: Pick<LaptopControl, 'view'>;
  /** Null once the window is closed. */
  readonly pane: () => AuthorizationPane | null;
  /** Ends the sign-in of the pane, even if the pane is gone. */
  readonly signOut: () => void;
  readonly changes: Pick<Changes, 'subscribe' | 'notify'>;
}

/** Which server is authorized in the pane: the one that the window shows, or one that this computer helps. */
export class ServerInPane implements ServersWindow {
  readonly #deps: ServerInPaneDeps;
  readonly #helped: OfferInPane;

  constructor(deps: ServerInPaneDeps) {
    this.#deps = deps;
    this.#helped = new OfferInPane({
      ...deps,
      acquiresOwn: () => this.#acquiresOwn,
      onLeft: () => {
        this.showProfile(deps.profiles.current);
        deps.changes.notify();
      },
      onFinished: () => this.#signOutIfSet(),
    });
  }

  /** The pairing whose server is authorized in the pane. Null if that is the server that the window shows. */
  get helps(): string | null {
    return this.#helped.pairingId;
  }

  /** Whether the pane opens without a click: a server without a license is authorized there, unless a person at a laptop does that. */
  get opensPane(): boolean {
    const { profiles, servers, laptop } = this.#deps;
    const { current } = profiles;
    return current !== null && !servers.shown?.license.view() && !isHelped(laptop, current.id);
  }

  /** Shows another server, or none, in the pane. */
  showProfile(profile: ServerProfile | null): void {
    // The person authorizes a server that this computer helps. The pane follows when they leave that.
    if (this.helps !== null) return;
    const pane = this.#deps.pane();
    // Settings that were edited by hand may hold an invalid address.
    pane?.aim(profile && URL.canParse(profile.issuer) ? paneTarget(profile) : null);
    pane?.show(this.opensPane);
  }

  /** Closes the pane, since the license has arrived. */
  finishAcquisition(): void {
    // The person is with another server now.
    if (this.helps !== null) return;
    const { servers } = this.#deps;
    const pane = this.#deps.pane();
    this.#signOutIfSet();
    const codePage = servers.shown?.acquisition.codePage ?? null;
    // The next server is authorized on the page for codes; a license is renewed from the start page.
    pane?.finish(() => (this.opensPane ? codePage : null));
  }

  /** Opens the page for the User Code of a paired server. Its issuer need not be that of a server of this console. */
  openFor(pairingId: string, link: CodeLink): void {
    this.#helped.begin(pairingId);
    const pane = this.#deps.pane();
    pane?.aim(offerTarget(link, this.#deps.profiles.all));
    pane?.show(true);
    pane?.load(link.address);
    pane?.focus();
    this.#deps.changes.notify();
  }

  /** The pane is for the shown server again. With an ID, only if it was for that paired server. */
  leaveOffer(pairingId = this.helps): void {
    if (pairingId === this.helps) this.#helped.leave();
  }

  /** Call when the window is closed. */
  close(): void {
    this.#helped.close();
  }

  /** The User Code that waits for a person in the pane. */
  awaitedCode(): AwaitedCode | null {
    const { offer, servers } = this.#deps;
    const { helps } = this;
    if (helps !== null) {
      const helped = offer.view()?.servers.find(({ id }) => id === helps);
      return awaitedCodeOf(offer.linkFor(helps), helped);
    }
    const { userCode, verification } = servers.shown?.acquisition ?? {};
    if (!userCode || !verification) return null;
    const { uri, uriComplete = uri } = verification;
    return { userCode, address: uri, addressWithCode: uriComplete };
  }

  /** The hosts that may be opened in the person's own browser: the Authorization server's. */
  browserHosts(): readonly string[] {
    const { profiles, servers, offer } = this.#deps;
    const { issuer, startAddress } = profiles.current ?? {};
    const helped = this.helps === null ? null : offer.linkFor(this.helps);
    return [issuer, startAddress, servers.shown?.acquisition.verification?.uri, helped?.issuer]
      .filter((address) => address !== undefined)
      .filter((address) => URL.canParse(address))
      .map((address) => new URL(address).host);
  }

  get #acquiresOwn(): boolean {
    const { servers, pane } = this.#deps;
    const { state } = servers.shown?.acquisition.view() ?? { state: 'idle' };
    return pane()?.state().open === true && state !== 'idle' && state !== 'failed';
  }

  /** The person at this computer is finished, and the next one may be another. */
  #signOutIfSet(): void {
    if (!this.#deps.profiles.pane.signOutWhenFinished) return;
    this.#helped.signedOut();
    this.#deps.signOut();
  }
}
