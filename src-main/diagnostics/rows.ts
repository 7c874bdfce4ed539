/** A value as lines of a name and a value, for people: `token.state: fine`. Absent values are left out. */
export function rowsOf(value: unknown, name = ''): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((each) => typeof each === 'string')) return [`${name}: ${value.join(', ')}`];
    return value.flatMap((each: unknown, place) => rowsOf(each, `${name}[${place + 1}]`));
  }
  return Object.entries(value).flatMap(([member, each]) => rowsOf(each, name === '' ? member : `${name}.${member}`));
}

/** Every text in a value. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Blocks of lines with an empty line between them. */
export function inBlocks(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((block, place) => (place === 0 ? block : ['', ...block]));
}
