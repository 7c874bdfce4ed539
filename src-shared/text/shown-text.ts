/**
 * The one place that cleans text from outside before people see, copy or print it or read it in a log. Values that are compared,
 * and identifiers for programs, stay as they were signed.
 */

/** Scripts in which a joiner (ZWJ or ZWNJ) between two letters changes their shape. */
const joiningScripts = 'Adlm Arab Beng Deva Gujr Guru Khmr Knda Mlym Mong Mymr Nkoo Orya Sinh Syrc Taml Telu Tibt'
  .split(' ')
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('');

/** Invisible characters that are kept because of the character before them: without them another character would be shown. */
const needed = [
  // Emoji: variation selectors, ZWJ sequences (groups of people, for example), keycaps, and flags.
  String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  ...['gbeng', 'gbsct', 'gbwls'].map((flag) => String.raw`(?<=\u{1F3F4})${inTags(flag)}\u{E007F}`),
  // Variants of Chinese and Mongolian characters, as in names.
  String.raw`(?<=\p{Unified_Ideograph})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=\p{scx=Mong})[\u180B-\u180D\u180F]`,
  // Joiners, one at a time, as in Persian and Indian words.
  String.raw`(?<=[[${joiningScripts}]&&\p{M}])[\u200C\u200D]`,
  String.raw`(?<=[[${joiningScripts}]&&\p{L}])[\u200C\u200D](?=[[${joiningScripts}]&&\p{L}])`,
].join('|');

/** The flags of England, Scotland and Wales are a black flag followed by tag characters. */
function inTags(letters: string): string {
  return Array.from(letters, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}

const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\u{1D159}]/u;
/** Compiled on first use: that is slow and rarely needed. Not a literal, because the compiler does not know the `v` flag yet. */
let unneeded: RegExp | undefined;

/** White space of every width, line ends, and control characters, which a terminal or a spreadsheet would interpret. */
const blanks = /[\p{Cc}\p{Z}\u2800]+/gu;
/** Combining marks with no character before them, which would attach to the surrounding text. */
const marksAlone = /(?<=^| )\p{M}[\p{M}\u200C\u200D]*/gu;
/** More than 8 combining marks on one character. No script needs more, and a flood of them covers the lines around it. */
const tooManyMarks = /((?:\p{M}[\u200C\u200D]?){8})[\p{M}\u200C\u200D]+/gu;

/** Only Latin letters, digits and common punctuation: there is nothing to clean. */
const plainText = /^[!-~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027]+(?: [!-~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027]+)*$/;

/**
 * A text on one line. Every character in it is visible, nothing in it changes the reading direction of the surrounding text, and
 * a terminal interprets nothing in it. Empty if nothing visible is left. With `most`, cut to that many UTF-16 code units.
 */
export function shownText(text: string, most = Number.POSITIVE_INFINITY): string {
  const clean = plainText.test(text) ? text : cleaned(text);
  return clean.length > most ? `${cleaned(clean.slice(0, most - 1))}…` : clean;
}

/**
 * One line for each row that has a value. Values may come from a license, so they are cleaned: none may look like a separate line, or
 * reverse the text around it.
 */
export function labeledLines(rows: readonly (readonly [label: string, value: string | undefined])[]): string {
  return rows.flatMap(([label, value]) => (value === undefined ? [] : `${label}: ${shownText(value)}`)).join('\n');
}

function cleaned(text: string): string {
  return withoutUnseen(text.replaceAll(blanks, ' '))
    .replaceAll(tooManyMarks, '$1')
    .replaceAll(marksAlone, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

function withoutUnseen(text: string): string {
  if (!unseen.test(text)) return text;
  unneeded ??= new RegExp(String.raw`(?=${unseen.source})(?:(${needed})|.)`, 'gsv');
  return text.replaceAll(unneeded, '$1');
}

/** Is the text invisible to a person? */
export function showsNothing(text: string): boolean {
  return !/[\x21-\x7E]/.test(text) && shownText(text) === '';
}

const webAddress = /^(https?|wss?):\/\//i;
/** A host without a scheme, or user information before a host. */
const bareAddress = /^[^\s/:@]+\.[^\s/:@]+(:\d+)?(\/|$)|^[^\s/]+@/;

/** An address as a browser shows it: the host in punycode (RFC 3492), no user or password. Anything else is cleaned as text. */
export function shownAddress(address: string): string {
  if (webAddress.test(address) && URL.canParse(address)) return asInBrowser(address);
  // An address that no browser would open may still contain a password.
  const text = shownText(address).replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
  const withScheme = `https://${text}`;
  const isAddress = bareAddress.test(text) && URL.canParse(withScheme);
  return isAddress ? asInBrowser(withScheme).slice('https://'.length) : text;
}

function asInBrowser(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  const isHostAlone = url.pathname === '/' && url.search === '' && url.hash === '' && !address.endsWith('/');
  return isHostAlone ? url.href.slice(0, -1) : url.href;
}

/**
 * Cleans every text and every address in a value from outside, for people to see. A `key` is never shown, so it stays unchanged.
 */
export function shown<T>(value: T): T {
  return mapTexts(value, shownValue, keys) as T;
}

const keys: ReadonlySet<string> = new Set(['key']);

/** Members of an answer that programs compare, so they stay as they were signed. */
const identifiers: ReadonlySet<string> = new Set([
  'id',
  'server_id',
  'serverId',
  'license_id',
  'features',
  'user_code',
]);

/** Like {@link shown}, for an answer to a program: identifiers stay unchanged. */
export function shownDocument<T>(value: T): T {
  return mapTexts(value, shownValue, identifiers) as T;
}

function shownValue(text: string, name?: string): string {
  return name === 'url' || webAddress.test(text) ? knownAddress(text) : shownText(text);
}

/** Snapshots hold the same few addresses again and again, and parsing one is slow. */
const knownAddresses = new Map<string, string>();
const mostKnownAddresses = 1000;

function knownAddress(address: string): string {
  const known = knownAddresses.get(address);
  if (known !== undefined) return known;
  if (knownAddresses.size >= mostKnownAddresses) knownAddresses.clear();
  const shown = shownAddress(address);
  knownAddresses.set(address, shown);
  return shown;
}

type Change = (text: string, name?: string) => string;

/** Most objects do not change. Finding that out makes no copies of them. */
function stays(value: unknown, change: Change, except: ReadonlySet<string>, name?: string): boolean {
  if (typeof value === 'string') return change(value, name) === value;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((each) => stays(each, change, except, name));
  return Object.keys(value).every(
    (key) => except.has(key) || stays((value as Record<string, unknown>)[key], change, except, key),
  );
}

/** Returns the same object if nothing in it changes. */
function mapTexts(value: unknown, change: Change, except: ReadonlySet<string>, name?: string): unknown {
  if (typeof value === 'string') return change(value, name);
  if (typeof value !== 'object' || value === null || stays(value, change, except, name)) return value;
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change, except, name));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, except.has(key) ? each : mapTexts(each, change, except, key)]),
  );
}

const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]|(?<=\p{M}{8})\p{M}/gu;

/** JSON in which every character that is invisible, or that a terminal would interpret, is written as a `\u` escape. */
export function shownJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(hidden, (sign) =>
    Array.from(
      { length: sign.length },
      (_, at) => String.raw`\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
