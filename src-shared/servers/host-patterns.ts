/** A label of a host name (RFC 1123 §2.1). */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A host name, or `*.` and a domain of at least two labels, which stands for all hosts in that domain. Nothing else: a pattern
 * such as `*` or `*.com` would name the servers of strangers.
 */
function isHostPattern(text: string): boolean {
  const labels = text.split('.');
  const isDomain = labels[0] === '*';
  const named = isDomain ? labels.slice(1) : labels;
  return text.length <= 253 && named.length >= (isDomain ? 2 : 1) && named.every((one) => label.test(one));
}

/** The host patterns in a list that is separated by commas or blanks, in small letters, and whether all of the list are some. */
export function hostPatterns(list: string): { readonly patterns: readonly string[]; readonly all: boolean } {
  const texts = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((text) => text !== '');
  const patterns = texts.filter(isHostPattern);
  return { patterns, all: patterns.length === texts.length };
}

/** Whether one of the patterns stands for the host. `host`: in small letters, without a port. */
export function namesHost(patterns: readonly string[], host: string): boolean {
  return patterns.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern));
}
