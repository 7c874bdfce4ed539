const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const longestNumber = 40;

/** Reads a number, or a string that holds a valid JSON number (RFC 8259 §6). */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > longestNumber) return undefined;
  const text = value.trim();
  return jsonNumber.test(text) ? Number(text) : undefined;
}
