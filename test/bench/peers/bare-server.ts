import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { median } from '../statistics.ts';
import { answerParent, figuresOfThisProcess } from './answer-parent.ts';

/**
 * The baselines for the local license API, on the same runtime: a server that only reads and parses the same body and sends an answer of
 * the same size, and the bare verification of each token's signature.
 */
answerParent({ listen, raw, figures: figuresOfThisProcess });

async function listen({ socket, answer }: { socket: string; answer: string }): Promise<void> {
  const body = Buffer.from(answer);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { token } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { token?: unknown };
      response.writeHead(typeof token === 'string' ? 200 : 400, {
        'content-type': 'application/json',
        'content-length': body.length,
      });
      response.end(body);
    });
  });
  server.listen(socket);
  await once(server, 'listening');
}

/** Verifies each once, and returns the median in ms. */
function raw({ tokens, jwk }: { tokens: readonly string[]; jwk: Record<string, unknown> }): number {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const isElliptic = jwk['kty'] === 'EC';
  const parts = tokens.map((token) => {
    const end = token.lastIndexOf('.');
    return { signed: Buffer.from(token.slice(0, end)), signature: Buffer.from(token.slice(end + 1), 'base64url') };
  });
  const options = isElliptic ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  let good = 0;
  const times = parts.map(({ signed, signature }) => {
    const begun = performance.now();
    if (verify('sha256', signed, options, signature)) good += 1;
    return performance.now() - begun;
  });
  if (good !== tokens.length) throw new Error(`${tokens.length - good} tokens are not good`);
  return median(times);
}
