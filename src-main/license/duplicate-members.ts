/** The brackets and strings of a JSON text in order; a string that names a member comes with its colon. */
const tokens = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/gs;

/**
 * Does a JSON text have an object in which a member stands twice? Parsers keep the last one, so two readers could see two
 * different tokens (RFC 7519 §4, RFC 8725 §2.4). A text that is no JSON has none: its parser will refuse it.
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

/** Takes a member's name, as it is written, for an object; true where it has it already. */
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
