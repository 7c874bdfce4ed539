import type { WebContents } from 'electron';

/**
 * Fills the User Code into the field of that name on the Authorization server's own page, as a link with the code in it does. So nobody has
 * to paste it. Each page gets a code once, so a person's change stays.
 */
export class CodeField {
  /** The code that the shown page got. */
  #filledWith: string | null = null;
  /** The codes before this one. The server may still fill in one of them. */
  readonly #earlier = new Set<string>();

  /** Another page has come. */
  pageCame(): void {
    this.#filledWith = null;
  }

  /**
   * `takesFocus`: the field also becomes the page's focused element. Changes nothing if there is no such field, or if it holds anything
   * but an earlier code of the console.
   */
  async enter({ mainFrame }: WebContents, userCode: string, { takesFocus = false } = {}): Promise<void> {
    const before = this.#filledWith;
    if (before === userCode && !takesFocus) return;
    this.#filledWith = userCode;
    const replaces = ['', ...this.#earlier].filter((earlier) => earlier !== userCode);
    this.#earlier.add(userCode);
    const script = codeEntry({ userCode, replaces, takesFocus });
    const found: unknown = await mainFrame.executeJavaScript(script).catch(() => false);
    // The field may still come.
    if (found !== true && this.#filledWith === userCode) this.#filledWith = before;
  }
}

interface CodeEntry {
  readonly userCode: string;
  /** The texts that may be replaced. Any other text stays. */
  readonly replaces: readonly string[];
  readonly takesFocus: boolean;
}

/**
 * A script that enters the User Code as a person would, in the page's only text field with the vendor's label or name. It says whether
 * there is such a field.
 */
export function codeEntry({ userCode, replaces, takesFocus }: CodeEntry): string {
  const code = JSON.stringify(userCode);
  return `(() => {
  const isNamed = (text) => (text ?? '').toLowerCase().replace(/[^a-z]/g, '') === 'usercode';
  const names = (field) => [field.name, field.id, field.ariaLabel, ...[...(field.labels ?? [])].map((label) => label.textContent)];
  const fields = [...document.querySelectorAll('input')]
    .slice(0, 500)
    .filter((field) => /^(text|tel|number)$/.test(field.type) && !field.disabled && !field.readOnly)
    .filter((field) => field.getClientRects().length > 0 && names(field).some(isNamed));
  const [field] = fields;
  if (fields.length !== 1) return false;
  if (${JSON.stringify(replaces)}.includes(field.value)) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${code});
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  if (${takesFocus} && field.value === ${code}) field.focus();
  return true;
})()`;
}
