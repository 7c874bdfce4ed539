/** A JSON object that a server sent, without the members that say nothing. */
export type ServerDocument = Readonly<Record<string, unknown>>;

/** Deep enough for every document here; what lies deeper is left as it is. */
const deepestLevel = 6;
const decimal = /^\s*\d{1,15}(\.\d{1,15})?\s*$/;

/**
 * Reads a document that a server sent: metadata, an answer with a code, with tokens or with an error, a key set. Serializers
 * write an optional member that is not there as null or empty: such members count as absent, at every level. Null where
 * the text is no JSON object.
 */
export function readDocument(body: string): ServerDocument | null {
  try {
    const value: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    return isObject(value) ? membersOf(value, 0) : null;
  } catch {
    return null;
  }
}

/** A number, or a decimal number that is written as text; undefined for everything else. */
export function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
  return Number.isFinite(number) ? Number(number) : undefined;
}

function membersOf(object: object, level: number): ServerDocument {
  const members = Object.entries(object).map(([name, value]) => [name, withoutEmpty(value, level)] as const);
  return Object.fromEntries(members.filter(([, value]) => !isEmpty(value)));
}

function withoutEmpty(value: unknown, level: number): unknown {
  if (level >= deepestLevel) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown) => withoutEmpty(item, level + 1)).filter((item) => !isEmpty(item));
  }
  return isObject(value) ? membersOf(value, level + 1) : value;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
