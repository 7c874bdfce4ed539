import type { IncomingMessage, ServerResponse } from 'node:http';
import { generate } from 'selfsigned';
import { metadata } from '../fakes/fake-authorization-server.ts';
import { checkResults, consoleWith, foundChecks, foundIn } from './checked-console.ts';
import { expect, test } from './console-test.ts';
import { homeTrusting } from './home-with-certificates.ts';
import { LocalServer } from './local-server.ts';

const dayMs = 86_400_000;
const named = (commonName: string) => [{ name: 'commonName', value: commonName }];

interface Authority {
  readonly key: string;
  readonly cert: string;
}

async function authority(name: string): Promise<Authority> {
  const made = await generate(named(name), {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

interface Leaf {
  readonly ca: Authority;
  readonly host?: string;
  readonly isExpired?: true;
  readonly isOfTomorrow?: true;
}

/** An Authorization server on this computer with such a certificate. */
async function serverWith({ ca, host, isExpired, isOfTomorrow }: Leaf): Promise<LocalServer> {
  const leaf = await generate(named(host ?? '127.0.0.1'), {
    keySize: 2048,
    algorithm: 'sha256',
    ca,
    notBeforeDate: new Date(Date.now() + (isOfTomorrow ? 1 : -30) * dayMs),
    notAfterDate: new Date(Date.now() + (isExpired ? -10 : 30) * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [host ? { type: 2, value: host } : { type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const server: LocalServer = await LocalServer.start(answer, { key: leaf.private, cert: leaf.cert });
  function answer({ url }: IncomingMessage, response: ServerResponse): void {
    const { origin } = server;
    const keys = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'a' }] };
    const endpoints = Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replace(metadata.issuer, origin) : value,
      ]),
    );
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(url?.includes('.well-known') ? { ...endpoints, issuer: origin } : keys));
  }
  return server;
}

test('@kit preflight: each wrong certificate is described by its facts, and an inspected connection by its signer', async () => {
  test.skip(process.platform !== 'linux', 'the authorities that a person trusts are kept elsewhere there');
  const [installed, unknown] = [await authority('Example Inspection'), await authority('Example Private CA')];
  const rows = [
    [await serverWith({ ca: unknown }), 'failed', 'certificate_untrusted', 'issued by “Example Private CA”'],
    [await serverWith({ ca: installed, isExpired: true }), 'failed', 'certificate_date_invalid', 'expired on'],
    [await serverWith({ ca: installed, host: 'other.example' }), 'failed', 'certificate_invalid', '“other.example”'],
    [await serverWith({ ca: installed }), 'attention', undefined, 'issued by Example Inspection'],
  ] as const;
  const app = await consoleWith(
    rows.map(([{ origin }]) => origin),
    { HOME: homeTrusting(installed.cert) },
  );
  for (const [index, [server, state, code, says]] of rows.entries()) {
    expect(await app.call('profile.choose', { id: `p${index}` })).toMatchObject({ ok: true });
    const results = await checkResults(app);
    const certificate = results.find(({ check }) => check === 'certificate');
    expect(certificate, says).toMatchObject({ state });
    expect(certificate?.failure?.code, says).toBe(code);
    expect(certificate?.says.join(' ')).toContain(says);
    const failed = results.filter((each) => each.state === 'failed').map(({ check }) => check);
    expect(failed, says).toEqual(state === 'failed' ? ['certificate'] : []);
    await server.close();
  }
  await app.close();
});

test('@kit preflight: a certificate that is valid from tomorrow shows that the clock is behind, and leads to setting it', async () => {
  test.skip(process.platform !== 'linux', 'the authorities that a person trusts are kept elsewhere there');
  const [installed, unknown] = [await authority('Example Inspection'), await authority('Example Private CA')];
  const [ofTomorrow, ofNobody] = [
    await serverWith({ ca: installed, isOfTomorrow: true }),
    await serverWith({ ca: unknown, isOfTomorrow: true }),
  ];
  const app = await consoleWith([ofTomorrow.origin, ofNobody.origin], { HOME: homeTrusting(installed.cert) });
  const results = await checkResults(app);
  expect(foundIn(results)).toEqual(['license: not_licensed', 'clock: clock_wrong', 'background: attention']);
  const clock = results.find(({ check }) => check === 'clock');
  expect(clock).toMatchObject({ fixer: 'store', failure: { remedy: 'set_clock' } });
  expect(clock?.says.join(' ')).toContain(`The certificate of ${new URL(ofTomorrow.origin).host} is only valid from`);

  await app.button('Help').click();
  await expect(app.page.getByRole('button', { name: 'Set the Clock', exact: true })).toBeVisible();

  // The same dates prove nothing if nobody vouches for the certificate.
  expect(await app.call('profile.choose', { id: 'p1' })).toMatchObject({ ok: true });
  expect(await foundChecks(app)).toEqual(['certificate: certificate_untrusted']);
  await app.close();
  await ofTomorrow.close();
  await ofNobody.close();
});
