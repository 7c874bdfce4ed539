const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const longestNumber = 40;

/** A number, or a legal JSON number (RFC 8259 §6) as a text. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > longestNumber) return undefined;
  const text = value.trim();
  return jsonNumber.test(text) ? Number(text) : undefined;
}
