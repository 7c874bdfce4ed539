/** One way to an address, as named by the system's settings or its PAC file. */
type SystemWay =
  | { readonly kind: 'direct' }
  | { readonly kind: 'http' | 'https' | 'socks5'; readonly host: string; readonly port: number }
  | { readonly kind: 'unsupported' };

const kinds: Readonly<Record<string, readonly [kind: 'http' | 'https' | 'socks5', port: number]>> = {
  PROXY: ['http', 80],
  HTTP: ['http', 80],
  HTTPS: ['https', 443],
  SOCKS5: ['socks5', 1080],
};

/** Parses the result of `resolveProxy`, such as `PROXY proxy.example:3128; DIRECT`. The order is the order of the attempts. */
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
  // `URL` drops port 80, the default of http.
  const given = port || (place.endsWith(':80') ? '80' : '');
  return { kind: known[0], host: hostname.replace(/^\[|\]$/g, ''), port: given ? Number(given) : known[1] };
}
