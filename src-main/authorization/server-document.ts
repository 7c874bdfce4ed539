/** A JSON object that a server sent, without its empty members. */
export type ServerDocument = Readonly<Record<string, unknown>>;

/** Deep enough for every document here. Deeper levels are left unchanged. */
const deepestLevel = 6;
const decimal = /^\s*\d{1,15}(\.\d{1,15})?\s*$/;

/**
 * Parses a JSON document from a server: metadata, a key set, or a response with a code, tokens or an error. Some serializers
 * write an absent optional member as null or empty, so such members are removed at every level. Null if the text is not a JSON
 * object.
 */
export function readDocument(body: string): ServerDocument | null {
  try {
    const value: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    return isObject(value) ? membersOf(value, 0) : null;
  } catch {
    return null;
  }
}

/** Reads a number, or a string that holds a decimal number. Undefined for everything else. */
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
