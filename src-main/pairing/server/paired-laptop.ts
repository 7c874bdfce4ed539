import { type LaptopWay, relays } from '../../../src-shared/pairing/laptop-view.ts';
import type { ServerReport } from '../../../src-shared/pairing/pairing.ts';
import type { Timer } from '../../ports/timer.ts';
import type { RelayControl } from '../../ports/relay.ts';
import { CalmChanges } from '../calm-changes.ts';
import type { WireStanding } from '../wire.ts';
import { LaptopLink } from './laptop-link.ts';
import type { LinkLimits, ProvenLaptop } from './prove-code.ts';
import { RelayForwarder } from './relay-forwarder.ts';
import { WayHealth } from './way-health.ts';

/** Times in ms. */
export interface PairedLimits extends LinkLimits {
  /** A laptop that was silent for this long is gone. */
  readonly goneMs: number;
  readonly tryAgainMs: number;
  readonly reportEveryMs: number;
  /** The shortest time between two reports. */
  readonly reportPauseMs: number;
}

interface PairedLaptopDeps {
  readonly profileId: string;
  readonly laptop: ProvenLaptop;
  readonly limits: PairedLimits;
  readonly timer: Timer;
  readonly relay: RelayControl;
  /** The report. Null if there is nothing to report. */
  readonly report: () => ServerReport | null;
  readonly onChanged: () => void;
  /** The laptop no longer answers, or answers again. */
  readonly onGone: (isGone: boolean) => void;
  /** Requests go through the laptop again after it did not answer. */
  readonly onBack: () => void;
  /** A request through the laptop got no answer, or requests get answers again. */
  readonly onDoubted: (isDoubted: boolean) => void;
  /** Called with the laptop's clock, in ms. */
  readonly onTime: (at: number) => void;
  /** The person at the laptop refused the Authorization server. */
  readonly onRefused: () => void;
  /** The laptop ended the pairing. */
  readonly onEnd: () => void;
}

/** A paired laptop. This console follows it, sends it reports, and sends requests through it while it allows that. */
export class PairedLaptop {
  readonly #deps: PairedLaptopDeps;
  readonly #link: LaptopLink;
  readonly #health: WayHealth;
  readonly #changes: CalmChanges;
  #forwarder: RelayForwarder | null = null;
  #way: LaptopWay;
  #isOver = false;
  /** It was gone, and requests do not go through it again yet. */
  #isAwaited = false;
  #isReporting = false;
  /** How many lines came on the connection that follows the laptop. */
  #lines = 0;
  #reported = '';
  #stopWaiting: () => void = () => {};
  #cancelTry: () => void = () => {};
  #cancelReport: () => void = () => {};
  #cancelPause: () => void = () => {};

  constructor(deps: PairedLaptopDeps) {
    this.#deps = deps;
    this.#link = new LaptopLink(deps.laptop, deps.limits, deps.onTime);
    this.#way = withheld(deps.laptop.standing) ?? 'starting';
    this.#changes = new CalmChanges(deps.onChanged, deps.timer);
    this.#health = new WayHealth(() => {
      deps.onDoubted(this.#health.isDoubted);
      if (relays(this.#way)) this.#become(this.#healthyWay);
    });
  }

  get way(): LaptopWay {
    return this.#way;
  }

  /** Rejects if the proxy on this computer cannot listen. */
  async begin(): Promise<void> {
    this.#forwarder = await RelayForwarder.listen((authority) => this.#link.tunnel(authority), this.#health);
    if (this.#isOver) return this.#forwarder.close();
    this.#wait();
    this.#follow();
    this.#keepReporting();
  }

  /** Call when the state of the server may have changed. */
  look(): void {
    if (this.#isOver || this.#isReporting) return;
    const report = this.#deps.report();
    if (report && JSON.stringify(report) !== this.#reported) void this.#send(report);
  }

  /**
   * From now on requests go directly again. Resolves once every socket is closed. `isOurs`: this console ended it, so the laptop does not
   * know yet.
   */
  async end(isOurs: boolean): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#deps.relay.end();
    this.#health.stop();
    this.#changes.stop();
    for (const cancel of [this.#stopWaiting, this.#cancelTry, this.#cancelReport, this.#cancelPause]) cancel();
    if (isOurs && this.#way !== 'gone') await this.#link.leave(this.#unreported());
    this.#link.close();
    await this.#forwarder?.close();
  }

  /** What the laptop does not know yet, such as a license that has just arrived. */
  #unreported(): ServerReport | null {
    const report = this.#deps.report();
    return report && JSON.stringify(report) !== this.#reported ? report : null;
  }

  #follow(): void {
    void this.#link.follow({
      onStanding: (standing) => {
        this.#lines += 1;
        this.#noteAnswer(this.#followedWay(standing));
      },
      onEnd: () => {
        if (!this.#isOver) this.#deps.onEnd();
      },
      onGone: () => {
        if (this.#isOver) return;
        // Requests go directly from now on, while the laptop is tried again.
        if (this.#way !== 'gone') this.#become('interrupted');
        this.#cancelTry = this.#deps.timer.schedule(this.#deps.limits.tryAgainMs, () => this.#follow());
      },
    });
  }

  /** The laptop answered, so it lives. `way` follows from its answer. */
  #noteAnswer(way: LaptopWay): void {
    if (this.#isOver) return;
    const wasGone = this.#way === 'gone';
    this.#wait();
    this.#become(way);
    if (wasGone) {
      this.#reported = '';
      this.#deps.onGone(false);
    }
    if (this.#isAwaited && relays(way)) {
      this.#isAwaited = false;
      this.#deps.onBack();
    }
    this.look();
  }

  /** The laptop's state after a line on the connection that follows the laptop. */
  #followedWay(standing: WireStanding): LaptopWay {
    return withheld(standing) ?? this.#healthyWay;
  }

  /**
   * The laptop's state after the answer to a report. That answer cannot show that the connection that follows the laptop is open. `isLatest`: no
   * line came on that connection since the report was sent.
   */
  #reportedWay(standing: WireStanding, isLatest: boolean): LaptopWay {
    if (this.#way === 'gone' || this.#way === 'interrupted') return 'interrupted';
    if (!isLatest) return this.#way;
    return withheld(standing) ?? (relays(this.#way) ? this.#way : 'starting');
  }

  get #healthyWay(): LaptopWay {
    return this.#health.isDoubted ? 'doubted' : 'relaying';
  }

  #wait(): void {
    this.#stopWaiting();
    this.#stopWaiting = this.#deps.timer.schedule(this.#deps.limits.goneMs, () => {
      this.#isAwaited = true;
      this.#become('gone');
      this.#link.closeConnections();
      this.#deps.onGone(true);
    });
  }

  /** A laptop may write often. Only another route is a change. */
  #become(way: LaptopWay): void {
    if (way === this.#way) return;
    this.#way = way;
    if (way === 'refused') this.#deps.onRefused();
    if (relays(way) && this.#forwarder) this.#deps.relay.begin(this.#deps.profileId, this.#forwarder);
    else this.#deps.relay.end();
    this.#changes.changed();
  }

  #keepReporting(): void {
    const report = this.#deps.report();
    if (report && !this.#isReporting) void this.#send(report);
    this.#cancelReport = this.#deps.timer.schedule(this.#deps.limits.reportEveryMs, () => this.#keepReporting());
  }

  async #send(report: ServerReport): Promise<void> {
    this.#isReporting = true;
    this.#reported = JSON.stringify(report);
    const lines = this.#lines;
    const standing = await this.#link.report(report);
    if (this.#isOver) return;
    if (standing) this.#noteAnswer(this.#reportedWay(standing, lines === this.#lines));
    // The next report contains it again.
    else this.#reported = '';
    this.#cancelPause = this.#deps.timer.schedule(this.#deps.limits.reportPauseMs, () => {
      this.#isReporting = false;
      if (standing) this.look();
    });
  }
}

/** Why the person at the laptop lets no request through. Null if they do. */
function withheld({ isRelaying, refused }: WireStanding): 'refused' | 'unconfirmed' | null {
  if (isRelaying) return null;
  return refused ? 'refused' : 'unconfirmed';
}
