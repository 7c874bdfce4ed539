/** A host and a port that may be reached through the laptop. */
interface RelayPlace {
  readonly host: string;
  readonly port: number;
}

/** The endpoints that an Authorization server publishes (RFC 8414 §2). */
interface PublishedEndpoints {
  readonly issuer: string;
  readonly device_authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly revocation_endpoint?: string | undefined;
}

const longestAuthority = 253 + ':65535'.length;
const authorityForm = /^(?<host>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*):(?<port>[1-9]\d{0,4})$/;
/** A label that makes a name an IPv4 address if it is the last one (WHATWG URL, *ends in a number*). */
const numberLabel = /^(?:\d+|0x[0-9a-f]*)$/i;

/**
 * The places of those endpoints, as `host:port`. A place on this computer, one without https, and one with an IP address are left out: a
 * server never reaches the laptop's own network.
 */
export function relayPlaces(published: PublishedEndpoints): readonly string[] {
  const { issuer, device_authorization_endpoint, token_endpoint, jwks_uri, revocation_endpoint } = published;
  return placesOf([issuer, device_authorization_endpoint, token_endpoint, jwks_uri, revocation_endpoint]);
}

/** The places where a person may enter a User Code: that of the issuer and that of its device authorization endpoint. */
export function entryPlaces({ issuer, device_authorization_endpoint }: PublishedEndpoints): readonly string[] {
  return placesOf([issuer, device_authorization_endpoint]);
}

/** The host of the first of these addresses that is no such place. Null if all of them are. */
export function hostWithoutName(addresses: readonly string[]): string | null {
  const found = addresses.find((address) => placesOf([address]).length === 0);
  if (found === undefined) return null;
  return URL.canParse(found) ? new URL(found).host : found;
}

function placesOf(addresses: readonly (string | undefined)[]): readonly string[] {
  const places = addresses.map((address) => {
    if (address === undefined || !URL.canParse(address)) return null;
    const { protocol, hostname, port } = new URL(address);
    const place = protocol === 'https:' ? readPlace(`${hostname}:${port || '443'}`) : null;
    return place && `${place.host}:${place.port}`;
  });
  return [...new Set(places.filter((place) => place !== null))];
}

/**
 * The place that the target of a CONNECT names (RFC 9110 §9.3.6), if it is on the list. Null for any other place, and for a listed place
 * that is written differently, except for capital letters.
 */
export function listedPlace(authority: string, list: readonly string[]): RelayPlace | null {
  const place = readPlace(authority);
  return place && list.includes(`${place.host}:${place.port}`) ? place : null;
}

/** Null for anything but a plain name with a port: an IP address in any notation, user information, a dot at the end, other characters. */
function readPlace(authority: string): RelayPlace | null {
  if (authority.length > longestAuthority) return null;
  const { host = '', port = '' } = authorityForm.exec(authority)?.groups ?? {};
  const name = host.toLowerCase();
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (name === '' || numberLabel.test(last) || last === 'localhost' || Number(port) > 65_535) return null;
  return { host: name, port: Number(port) };
}
