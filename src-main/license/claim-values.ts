import { showsNothing } from '../../src-shared/shown-text.ts';
import { parseObject } from './token-rules.ts';

/** How serializers write the same value; each reader gives undefined for what is not unambiguously of its kind. */

/** A JSON object as it was sent. */
type Members = Readonly<Record<string, unknown>>;

/** Nothing is there: no member, null, a text that shows nothing, or no element. */
export function isEmpty(value: unknown): boolean {
  return isBlank(value) || (Array.isArray(value) && value.every(isBlank));
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && showsNothing(value));
}

/** A list of one is that one: not every serializer knows which of the two was meant. */
export function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value;
}

/** A text, or a whole number that a serializer took it for. */
export function textIn(value: unknown): string | undefined {
  const one = single(value);
  return typeof one === 'string' ? one : Number.isSafeInteger(one) ? String(one) : undefined;
}

/** An object, or its JSON as a text. */
export function membersIn(value: unknown): Members | undefined {
  const one = single(value);
  if (typeof one === 'string') return parseObject(one) ?? undefined;
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as Members) : undefined;
}

/** A member of an object by its name, else by the same name in another case and without underscores. */
export function memberIn(members: Members, name: string): unknown {
  if (Object.hasOwn(members, name) && !isEmpty(members[name])) return members[name];
  const found = Object.keys(members).filter((other) => folded(other) === folded(name) && !isEmpty(members[other]));
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 ? members[only] : undefined;
}

/** A known word whatever its case, and with or without blanks, dashes and underscores. */
export function knownWord<W extends string>(words: readonly W[], value: unknown): W | undefined {
  const one = single(value);
  return typeof one === 'string' ? (words.find((word) => word === one) ?? foldedWord(words, one)) : undefined;
}

function foldedWord<W extends string>(words: readonly W[], text: string): W | undefined {
  if (text.length > 40) return undefined;
  const wanted = folded(text);
  return words.find((word) => word === wanted || `${word}server` === wanted || `${word}edition` === wanted);
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/**
 * The elements of a list: of a list, of its JSON as a text, of an object whose members are numbered, or of a text with commas;
 * with blanks only where each word looks like an identifier (RFC 6749 §3.3).
 */
export function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return listInText(value.trim());
  const members = membersIn(value);
  const isNumbered = members !== undefined && Object.keys(members).every((name) => /^\d+$/.test(name));
  return isNumbered ? Object.values(members) : undefined;
}

function listInText(text: string): readonly unknown[] | undefined {
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      return Array.isArray(parsed) ? parsed : undefined;
    } catch {
      return undefined;
    }
  }
  if (text.includes(',')) return text.split(',').map((part) => part.trim());
  const words = text.split(/\s+/);
  return words.every((word) => /^[a-z0-9._:-]+$/.test(word)) ? words : [text];
}

const longestQuote = 100;

/** A value that could not be read, as it stands, for people. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : safeJson(value);
  return text.length > longestQuote ? `${text.slice(0, longestQuote).toWellFormed()}…` : text.toWellFormed();
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}
