/** The functions that examine a file of this computer. */
const looks =
  /\b(existsSync|accessSync|lookAt|checkFile|isFileThere|readText|l?statSync|readFileSync|readdirSync|realpathSync|openSync|opendirSync|readlinkSync|l?stat|readFile|opendir|readdir)\(/;

/**
 * Where a source may confuse an unreadable file with an absent one: `existsSync`, and a `try` that examines a file and whose `catch`
 * ignores the error. Each is returned with the function that contains it.
 */
export function blindLooks(text: string): readonly string[] {
  const asked = [...text.matchAll(/\b(existsSync|accessSync)\(/g)];
  const caught = [...text.matchAll(/\btry \{/g)].filter((found) => {
    const end = blockEnd(text, found.index + found[0].length);
    return text.startsWith(' catch {', end) && looks.test(text.slice(found.index, end));
  });
  return [...asked, ...caught].map(({ index }) => functionAt(text, index));
}

function blockEnd(text: string, from: number): number {
  let depth = 1;
  let end = from;
  for (; depth > 0 && end < text.length; end += 1) depth += { '{': 1, '}': -1 }[text[end] ?? ''] ?? 0;
  return end;
}

/** The last function or method that begins before it. */
function functionAt(text: string, index: number): string {
  const begun = text
    .slice(0, index)
    .matchAll(/^(?:export )?(?:async )?function\*? (\w+)|^ {2}(?:async )?(?:get )?(#?\w+)\([^)]*\)[^;{]*\{$/gm);
  const last = [...begun].at(-1);
  return last?.[1] ?? last?.[2] ?? '';
}
