/** One way that the system's settings, or its PAC file, name for an address. */
export type SystemWay =
  | { readonly kind: 'direct' }
  | { readonly kind: 'http' | 'https' | 'socks5'; readonly host: string; readonly port: number }
  | { readonly kind: 'unsupported' };

const kinds: Readonly<Record<string, readonly [kind: 'http' | 'https' | 'socks5', port: number]>> = {
  PROXY: ['http', 80],
  HTTP: ['http', 80],
  HTTPS: ['https', 443],
  SOCKS5: ['socks5', 1080],
};

/** Reads what `resolveProxy` gives, such as `PROXY proxy.example:3128; DIRECT`, in the order in which they are tried. */
export function systemWays(list: string): readonly SystemWay[] {
  return list
    .split(';')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map(readWay);
}

function readWay(entry: string): SystemWay {
  const [word = '', place = ''] = entry.split(/\s+/);
  if (word.toUpperCase() === 'DIRECT') return { kind: 'direct' };
  const known = kinds[word.toUpperCase()];
  const address = `http://${place}`;
  if (!known || !place || !URL.canParse(address)) return { kind: 'unsupported' };
  const { hostname, port } = new URL(address);
  // A URL leaves out the port that is usual for http.
  const given = port || (place.endsWith(':80') ? '80' : '');
  return { kind: known[0], host: hostname.replace(/^\[|\]$/g, ''), port: given ? Number(given) : known[1] };
}
