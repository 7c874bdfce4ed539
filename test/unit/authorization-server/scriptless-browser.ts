/** Goes through server-rendered pages by their labels: follows links, fills fields, presses buttons, keeps cookies. */
export class ScriptlessBrowser {
  readonly #cookies = new Map<string, string>();
  #url = '';
  #fields = new Map<string, string>();
  html = '';
  status = 0;
  headers = new Headers();
  /** Fields filled or chosen, links followed and buttons pressed. */
  actions = 0;

  get path(): string {
    return new URL(this.#url).pathname;
  }

  /** What a person reads. */
  get text(): string {
    const body = this.html.replace(/^[\s\S]*?<main>/, '');
    return decoded(body.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
  }

  async open(url: string): Promise<void> {
    await this.#load(url, undefined);
  }

  /** Enters text into the field with this label. */
  fill(label: string, value: string): void {
    this.actions += 1;
    this.#fields.set(this.#fieldNamed(label), value);
  }

  /** Chooses by visible name in the drop-down with this label. */
  choose(label: string, choice: string): void {
    const select = this.#select(this.#fieldNamed(label));
    const option = [...select.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)</g)].find(
      ([, , name]) => decoded(name ?? '') === choice,
    );
    if (option === undefined) throw new Error(`There is no choice ${choice}.`);
    this.fill(label, decoded(option[1] ?? ''));
  }

  /** What the field with this label holds at first. */
  value(label: string): string {
    const id = this.#fieldNamed(label);
    return decoded(new RegExp(`<input id="${id}"[^>]*? value="([^"]*)"`).exec(this.html)?.[1] ?? '');
  }

  async press(button: string): Promise<void> {
    this.actions += 1;
    for (const [form = ''] of this.html.matchAll(/<form[\s\S]*?<\/form>/g)) {
      const found = [...form.matchAll(/<button([^>]*)>([^<]*)</g)].find(([, , name]) => name?.trim() === button);
      if (found) {
        const [, attributes = ''] = found;
        const extra = /name="([^"]*)" value="([^"]*)"/.exec(attributes);
        return this.#submit(form, extra ? { [extra[1] ?? '']: extra[2] ?? '' } : {});
      }
    }
    throw new Error(`There is no button ${button}.`);
  }

  async follow(link: string): Promise<void> {
    this.actions += 1;
    for (const [, attributes = '', inner = ''] of this.html.matchAll(/<a([^>]*)>([\s\S]*?)<\/a>/g)) {
      const label = /aria-label="([^"]*)"/.exec(attributes)?.[1] ?? inner;
      const href = /href="([^"]*)"/.exec(attributes)?.[1];
      if (decoded(label) === link && href !== undefined)
        return this.#load(new URL(decoded(href), this.#url).href, undefined);
    }
    throw new Error(`There is no link ${link}.`);
  }

  async #submit(form: string, extra: Record<string, string>): Promise<void> {
    const values = new URLSearchParams();
    for (const [, attributes = ''] of form.matchAll(/<input([^>]*)>/g)) {
      const name = /name="([^"]*)"/.exec(attributes)?.[1] ?? '';
      const value = decoded(/ value="([^"]*)"/.exec(attributes)?.[1] ?? '');
      const isOff = attributes.includes('type="checkbox"') && !attributes.includes(' checked');
      if (!isOff) values.set(name, value);
    }
    for (const [, name = ''] of form.matchAll(/<select id="[^"]*" name="([^"]*)"/g)) {
      values.set(name, decoded(/<option value="([^"]*)" selected/.exec(this.#select(name))?.[1] ?? ''));
    }
    for (const [name, value] of [...this.#fields, ...Object.entries(extra)]) values.set(name, value);
    const action = /<form[^>]*action="([^"]*)"/.exec(form)?.[1];
    await this.#load(new URL(decoded(action ?? ''), this.#url).href, values);
  }

  async #load(url: string, form: URLSearchParams | undefined): Promise<void> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...(form ? { method: 'POST', body: form } : {}),
      headers: { cookie },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    this.#url = url;
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      return this.#load(new URL(location, url).href, undefined);
    }
    this.#fields = new Map();
    this.status = response.status;
    this.headers = response.headers;
    this.html = await response.text();
  }

  #fieldNamed(label: string): string {
    const id = [...this.html.matchAll(/<label for="([^"]*)">([^<]*)</g)].find(([, , text]) => text === label)?.[1];
    if (id === undefined) throw new Error(`There is no field ${label}.`);
    return id;
  }

  #select(id: string): string {
    return new RegExp(`<select id="${id}"[\\s\\S]*?</select>`).exec(this.html)?.[0] ?? '';
  }
}

function decoded(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
