import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** Asks the local license API over its socket whether a token is accepted, without using the license client. */
export async function askVerdict(
  socketPath: string,
  secret: string,
  token: string,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const body = JSON.stringify({ token });
  const headers = {
    host: 'localhost',
    authorization: `Bearer ${secret}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const asked = request({ socketPath, method: 'POST', path: '/v1/verify', headers });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const answer = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
  return { status: response.statusCode ?? 0, answer };
}
