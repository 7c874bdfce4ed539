import type { WebContents } from 'electron';
import type { PanePage } from '../../../../src-shared/window/console-state.ts';
import { CodeField } from './code-field.ts';
import { DeviceList } from './device-list.ts';
import { type AwaitedCode, PageReading, pageQuestion, samePage } from './page-reading.ts';

interface CodePageDeps {
  /** The page of the view. Undefined while there is none. */
  readonly contents: () => WebContents | undefined;
  /** Only the Authorization server's own pages are searched for the User Code, and get it. */
  readonly isOwnPage: () => boolean;
  readonly awaitedCode: () => AwaitedCode | null;
  readonly onChanged: () => void;
}

/** Reads what a person can do on the shown page, and fills in the User Code and the device there. */
export class CodePage {
  readonly #deps: CodePageDeps;
  readonly #reading: PageReading;
  readonly #field = new CodeField();
  readonly #devices = new DeviceList();

  constructor(deps: CodePageDeps) {
    this.#deps = deps;
    this.#reading = new PageReading(deps.onChanged);
  }

  watch(contents: WebContents): void {
    this.#reading.watch(contents);
  }

  /** `address`: that of the shown page. */
  view(address: URL | null): PanePage {
    return this.#reading.view(address, this.#deps.awaitedCode());
  }

  /** Another page has come. */
  pageCame(): void {
    this.#field.pageCame();
    this.#devices.pageCame();
  }

  /** The page was closed. */
  leave(): void {
    this.#reading.forget();
  }

  /** Fills in the code if one is open, and the device, then reads the page. Rejects if the page is gone by then. */
  async read(): Promise<void> {
    const contents = this.#deps.contents();
    const { userCode = null, address, device } = this.#awaited ?? {};
    if (contents && userCode !== null) await this.#field.enter(contents, userCode);
    if (contents && device !== undefined) await this.#devices.choose(contents, device);
    const shown = contents?.getURL() ?? '';
    const isVerification = address !== undefined && URL.canParse(shown) && samePage(new URL(shown), address);
    this.#reading.take(await contents?.mainFrame.executeJavaScript(pageQuestion(userCode, { isVerification })));
  }

  /** As {@link read}. The field with the code also becomes the page's focused element. */
  async enter(): Promise<void> {
    const contents = this.#deps.contents();
    const awaited = this.#awaited;
    if (contents && awaited) await this.#field.enter(contents, awaited.userCode, { takesFocus: true });
    // A page that is gone by then answers nothing.
    await this.read().catch(() => {});
  }

  get #awaited(): AwaitedCode | null {
    return this.#deps.isOwnPage() ? this.#deps.awaitedCode() : null;
  }
}
