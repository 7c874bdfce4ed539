import { createSocket, type SocketType } from 'node:dgram';

/** Addresses for documentation (RFC 5737, RFC 3849). No network has them, so the route to them is the default route. */
const elsewhere: readonly (readonly [SocketType, string])[] = [
  ['udp4', '192.0.2.1'],
  ['udp6', '2001:db8::1'],
];
/** The port of the discard protocol (RFC 863). */
const anyPort = 9;

/** This computer's own address on its default route, which leads to the internet. Null if it has no such route. Nothing is sent. */
export async function addressOnDefaultRoute(): Promise<string | null> {
  for (const [type, address] of elsewhere) {
    const own = await addressOnRoute(type, address);
    if (own !== null) return own;
  }
  return null;
}

/** Connecting a UDP socket only makes the operating system choose a route and a local address. */
export function addressOnRoute(type: SocketType, to: string, port = anyPort): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(type);
    const found = (address: string | null) => {
      resolve(address);
      socket.removeAllListeners().on('error', () => {});
      socket.close();
    };
    socket.once('error', () => found(null));
    socket.once('connect', () => found(socket.address().address));
    socket.connect(port, to);
  });
}
