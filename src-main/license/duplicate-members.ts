/**
 * Does a JSON text have an object in which a member stands twice? Parsers keep the last one, so two readers could see two
 * different tokens (RFC 7519 §4, RFC 8725 §2.4). A text that is no JSON has none: its parser will refuse it.
 */
export function hasDuplicateMembers(json: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (const [token, key] of tokens(json)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (key !== undefined) {
      const members = open.at(-1);
      if (members?.has(key)) return true;
      members?.add(key);
    }
  }
  return false;
}

/** The brackets of a JSON text and its member names, in order; a string is a name where a colon follows. */
function* tokens(json: string): Generator<[string, string?]> {
  const pattern = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gs;
  for (const match of json.matchAll(pattern)) {
    const [whole, string, colon] = match;
    if (string === undefined) yield [whole];
    else if (colon !== undefined) yield [string, unescaped(string)];
  }
}

function unescaped(string: string): string {
  try {
    return String(JSON.parse(string));
  } catch {
    return string;
  }
}
