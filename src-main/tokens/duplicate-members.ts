/** A JSON object as it was received. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses a JSON object. Null if the text is not one, or if a member name occurs twice in an object at any depth (RFC 8725 §2.4). */
export function parseObject(json: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || Array.isArray(value)) return null;
    // A text that `JSON.stringify` reproduces exactly has no duplicate member. Most tokens pass this check, and it is faster.
    return JSON.stringify(value) === json || !hasDuplicateMembers(json) ? (value as JsonObject | null) : null;
  } catch {
    return null;
  }
}

/** Matches the brackets and strings of a JSON text. A match for a member's name includes the colon after it. */
const tokens = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/gs;

/**
 * Does any object in a JSON text have the same member name twice? `JSON.parse` keeps the last one and other parsers may not, so
 * two readers could see two different tokens (RFC 7519 §4, RFC 8725 §2.4). The result means nothing for invalid JSON, which
 * the parser rejects.
 */
export function hasDuplicateMembers(json: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (const token of json.match(tokens) ?? []) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':') && isTaken(open.at(-1), token)) return true;
  }
  return false;
}

/** Adds a member's name, read from its token, to the names of its object. True if the object already has that name. */
function isTaken(members: Set<string> | null | undefined, token: string): boolean {
  if (!members) return false;
  const written = token.slice(0, token.lastIndexOf('"') + 1);
  const name = written.includes('\\') ? unescaped(written) : written.slice(1, -1);
  if (members.has(name)) return true;
  members.add(name);
  return false;
}

function unescaped(string: string): string {
  try {
    return String(JSON.parse(string));
  } catch {
    return string;
  }
}
