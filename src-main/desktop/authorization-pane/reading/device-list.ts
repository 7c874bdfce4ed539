import type { WebContents } from 'electron';

/**
 * Chooses the device with the name of the server on the Authorization server's own page, for a server that this computer helps. The person
 * sees the choice and confirms it. The console chooses once on each page, so a person's change stays.
 */
export class DeviceList {
  /** The name that was chosen on the shown page. */
  #chosen: string | null = null;

  /** Another page has come. */
  pageCame(): void {
    this.#chosen = null;
  }

  /** Changes nothing if the page has no such list, if a device is chosen there already, or if not exactly one has that name. */
  async choose({ mainFrame }: WebContents, name: string): Promise<void> {
    if (this.#chosen === name) return;
    const found: unknown = await mainFrame.executeJavaScript(deviceChoice(name)).catch(() => false);
    // The list may still come.
    if (found === true) this.#chosen = name;
  }
}

/** A script that chooses the only device of that name in the page's only list with the vendor's label. It says whether there is such a list. */
export function deviceChoice(name: string): string {
  return `(() => {
  const isNamed = (text) => (text ?? '').toLowerCase().replace(/[^a-z]/g, '') === 'device';
  const names = (list) => [list.name, list.id, list.ariaLabel, ...[...(list.labels ?? [])].map((label) => label.textContent)];
  const lists = [...document.querySelectorAll('select')]
    .slice(0, 100)
    .filter((list) => !list.disabled && !list.multiple && list.getClientRects().length > 0 && names(list).some(isNamed));
  const [list] = lists;
  if (lists.length !== 1) return false;
  const plain = (text) => text.trim().toLowerCase();
  const meant = [...list.options].filter((option) => !option.disabled && plain(option.text) === plain(${JSON.stringify(name)}));
  if (list.value !== '' || meant.length !== 1) return true;
  meant[0].selected = true;
  for (const name of ['input', 'change']) list.dispatchEvent(new Event(name, { bubbles: true }));
  return true;
})()`;
}
