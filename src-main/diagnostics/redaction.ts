import { isPlainName, removedMark } from '../../src-shared/text/secret-shape.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';

/** What the redaction knows about this computer and this console. */
export interface RedactionFacts {
  /** The home folder of the account, which may contain the name of a person. Empty if it is unknown. */
  readonly home: string;
  /** Texts that look like secrets but are not, such as a Server ID. */
  readonly plain: readonly string[];
}

/** A longer line is cut: no text of the console is longer, and each rule has to read the whole line. */
const longestLine = 8_000;

/** The names of members, headers and parameters whose value is a secret. */
const secretName =
  'token|secret|passw(?:or)?d|passphrase|pwd|device[_-]?code|user[_-]?code|verifier|assertion|api[_-]?key|private[_-]?key|cookie|credentials?';
const isSecretName = new RegExp(`^[\\w-]*(?:${secretName})$|^(?:proxy-)?authorization$`, 'i');

/** The value of a header, up to the end of the line. */
const header = /(?<![\w-])((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(["'\\]*\s*[:=]\s*["'\\]*)\S.*$/gi;
/** A name and its value, quoted or not, also inside quoted JSON. */
const named = new RegExp(
  `(?<![\\w-])([\\w-]*(?:${secretName}))(\\\\*["']?\\s*[:=]\\s*)(\\\\*"(?:[^"\\\\]|\\\\[^"]|\\\\"(?!\\s*[,}\\]]))*|'[^']*|[^\\s"',;&<>(){}[\\]]+)`,
  'gi',
);
/** The query or the fragment of an address. */
const query = /(?<=[\w/.-])[?#][\w.~%+-]*=[^\s"'<>]*|(?<=:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]+/g;
/** A user and a password before a host. */
const userInfo = /(?<=:\/\/)[^\s/?#"']*@|(?<![\w.%+-])[\w.%+-]+:[^\s@/"']+@(?=[\w.-])/g;
const scheme = /\b(bearer|dpop|basic|digest|negotiate|ntlm)(\s+)([A-Za-z0-9+/=_.~%-]{4,})/gi;
const token = /\beyJ[\w-]+(?:\.[\w-]+)+/g;
const run = /[A-Za-z0-9_\-+/=.%]{20,}/g;

/**
 * One line without secrets. This is the second line of defence: what is collected should contain none. Removes what follows a secret's
 * name, the query of an address, a password in an address, and what looks random. The home folder becomes `~`.
 */
export function redactedLine(line: string, facts: RedactionFacts): string {
  const cut = line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
  const parsed = cut.startsWith('{') ? parsedObject(cut) : null;
  return parsed ? JSON.stringify(redactedValue(parsed, facts)) : redactedText(cut, facts);
}

/** Each text in a line of a log is redacted separately, so that quotes inside a text do not end a rule early. */
function redactedValue(value: unknown, facts: RedactionFacts, name = ''): unknown {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return value.map((each: unknown) => redactedValue(each, facts, name));
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [redactedText(key, facts), redactedValue(each, facts, key)]),
    );
  }
  if (isSecretName.test(name)) return removedMark;
  if (typeof value !== 'string') return value;
  return value
    .split('\n')
    .map((text) => redactedText(text, facts))
    .join('\n');
}

function redactedText(text: string, { home, plain }: RedactionFacts): string {
  // Removes invisible characters first. Otherwise a secret with such a character would not be found, and would become whole when the character is removed later.
  return withoutHome(shownText(text), home)
    .replaceAll(userInfo, `${removedMark}@`)
    .replaceAll(query, `?${removedMark}`)
    .replaceAll(header, `$1$2${removedMark}`)
    .replaceAll(named, (all: string, name: string, between: string, value: string) =>
      value.includes(removedMark) || isProse(name, value)
        ? all
        : `${name}${between}${/^\\*["']/.exec(value)?.[0] ?? ''}${removedMark}`,
    )
    .replaceAll(scheme, (all: string, name: string, blank: string, value: string) =>
      // The name of a scheme in a sentence.
      /^[a-z]+\.?$/.test(value) ? all : `${name}${blank}${removedMark}`,
    )
    .replaceAll(token, removedMark)
    .replaceAll(run, (found) => (isPlain(found, plain) ? found : removedMark));
}

/** A sentence about a token, such as `License token: Expires soon`. No token is one short word, but a password may be. */
const isProse = (name: string, value: string): boolean => /token$/i.test(name) && /^[A-Z]?[a-z]{1,15}$/.test(value);

/** Is nothing in the text random, apart from texts that are known not to be secret? */
function isPlain(found: string, plain: readonly string[]): boolean {
  const rest = plain.reduce(withoutKnown, found);
  if (rest.length < 20 || isPlainName(rest)) return true;
  if (rest.length >= 33 || (/\d/.test(rest) && /[a-z]/.test(rest) && /[A-Z]/.test(rest))) return false;
  return !rest.split(/[^A-Za-z0-9]/).some((word) => word.length >= 16 && /\d/.test(word) && /[A-Za-z]/.test(word));
}

/** Leaves out a known text that is a whole word. Inside a longer word it may be a piece of a secret. */
function withoutKnown(text: string, known: string): string {
  if (known.length < 4) return text;
  let left = '';
  let from = 0;
  for (let at = text.indexOf(known); at !== -1; at = text.indexOf(known, at + known.length)) {
    if (isLetter(text[at - 1]) || isLetter(text[at + known.length])) continue;
    left += text.slice(from, at);
    from = at + known.length;
  }
  return left + text.slice(from);
}

const isLetter = (sign = ''): boolean => /[A-Za-z0-9]/.test(sign);

/** The folder as the system writes it, in JSON, with the other slashes, and in an address. */
function withoutHome(text: string, home: string): string {
  if (home.length < 2) return text;
  const forms = [
    home,
    home.replaceAll('\\', '\\\\'),
    home.replaceAll('\\', '/'),
    encodeURI(home.replaceAll('\\', '/')),
  ];
  return [...new Set(forms)].reduce((left, form) => left.replaceAll(pathOf(form), '~'), text);
}

/** The folder itself, or at the beginning of a longer path, but not the beginning of another name. */
function pathOf(folder: string): RegExp {
  const literal = folder.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  return new RegExp(`${literal}(?=$|[\\\\/\\s"',;:)\\]])`, /^[A-Za-z]:/.test(folder) ? 'gi' : 'g');
}

function parsedObject(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
