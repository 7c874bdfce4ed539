import { showsNothing } from '../../src-shared/text/shown-text.ts';
import { type JsonObject, parseObject } from './duplicate-members.ts';

/** Serializers write the same value in different ways. Each reader returns undefined for a value that is not clearly of its type. */

/** True for a missing member, null, a string without visible characters, and a list of only these. */
export function isEmpty(value: unknown): boolean {
  return isBlank(value) || (Array.isArray(value) && value.every(isBlank));
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && showsNothing(value));
}

/** Unwraps a list with one element: some serializers write a single value as a list. */
export function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value;
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const longestNumber = 40;

/** Reads a number, or a string that holds a valid JSON number (RFC 8259 §6). */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > longestNumber) return undefined;
  const text = value.trim();
  return jsonNumber.test(text) ? Number(text) : undefined;
}

/** Reads a string, or a whole number: some serializers write a string of digits as a number. */
export function textIn(value: unknown): string | undefined {
  const one = single(value);
  return typeof one === 'string' ? one : Number.isSafeInteger(one) ? String(one) : undefined;
}

/** Reads an object, or a string that holds the object's JSON. */
export function membersIn(value: unknown): JsonObject | undefined {
  const one = single(value);
  if (typeof one === 'string') return parseObject(one) ?? undefined;
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as JsonObject) : undefined;
}

/**
 * Finds a member by its exact name, or else by a name that differs only in case, whitespace, dashes and underscores.
 * Undefined if several such names have a value.
 */
export function memberIn(members: JsonObject, name: string): unknown {
  if (Object.hasOwn(members, name) && !isEmpty(members[name])) return members[name];
  const found = Object.keys(members).filter((other) => folded(other) === folded(name) && !isEmpty(members[other]));
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 ? members[only] : undefined;
}

/** Finds a known word. Case, whitespace, dashes and underscores do not matter, nor does a suffix `server` or `edition`. */
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
 * Reads the elements of a list, of a string that holds the list's JSON, of an object whose member names are numbers, or of a
 * comma-separated string. A string is split at spaces only if each word could be a scope (RFC 6749 §3.3).
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

/** Quotes a value that could not be read, unchanged but for its length, so that a person can see what was sent. */
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
