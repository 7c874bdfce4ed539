import { client, ready, server } from '@serenity-kit/opaque';

/**
 * The proof that both sides know the code: OPAQUE (RFC 9807). The code never crosses the network, and the messages that do cross it do not
 * let anybody try codes offline. Each side puts the fingerprint of the certificate that it sees into the proof, so that it fails if a
 * machine in between shows another certificate.
 */

/**
 * Key stretching protects a record that is stolen from a server. Here the record is in the memory of the computer that shows the code, so
 * stretching would only cost time on the thread of the main process.
 */
const keyStretching = { 'argon2id-custom': { iterations: 1, memory: 1024, parallelism: 1 } } as const;
const userIdentifier = 'server';

const identifiersWith = (fingerprint: string) => ({ client: 'license-console', server: fingerprint });

/** A guess that has begun. `finish` shows whether it was right. */
export interface LaptopAttempt {
  readonly response: string;
  /** The session key, or null if the other side does not know the code or sees another certificate. */
  finish(message: string): string | null;
}

/** The laptop's side for one code. */
export interface LaptopProof {
  /** Null if the message is not an OPAQUE message. */
  start(message: string): LaptopAttempt | null;
}

/** The side of the server's console. */
interface ServerProof {
  readonly message: string;
  /** Null if the laptop does not know the code or has a different certificate from the one that this side sees. */
  finish(response: string): { readonly message: string; readonly sessionKey: string } | null;
}

/** Registers the code. The record stays in memory. `fingerprint` is of the laptop's own certificate. */
export async function laptopProof(code: string, fingerprint: string): Promise<LaptopProof> {
  await ready;
  const identifiers = identifiersWith(fingerprint);
  const serverSetup = server.createSetup();
  const { clientRegistrationState, registrationRequest } = client.startRegistration({ password: code });
  const { registrationResponse } = server.createRegistrationResponse({
    serverSetup,
    userIdentifier,
    registrationRequest,
  });
  const { registrationRecord } = client.finishRegistration({
    password: code,
    registrationResponse,
    clientRegistrationState,
    identifiers,
    keyStretching,
  });
  return {
    start: (startLoginRequest) =>
      orNull(() => {
        const { serverLoginState, loginResponse } = server.startLogin({
          serverSetup,
          userIdentifier,
          registrationRecord,
          startLoginRequest,
          identifiers,
        });
        return {
          response: loginResponse,
          finish: (finishLoginRequest) =>
            orNull(() => server.finishLogin({ serverLoginState, finishLoginRequest, identifiers }).sessionKey),
        };
      }),
  };
}

/** Begins the proof with the code that a person typed. `fingerprint` is of the certificate that the connection shows. */
export async function serverProof(code: string, fingerprint: string): Promise<ServerProof> {
  await ready;
  const { clientLoginState, startLoginRequest } = client.startLogin({ password: code });
  return {
    message: startLoginRequest,
    finish: (loginResponse) =>
      orNull(() => {
        const finished = client.finishLogin({
          clientLoginState,
          loginResponse,
          password: code,
          identifiers: identifiersWith(fingerprint),
          keyStretching,
        });
        return finished ? { message: finished.finishLoginRequest, sessionKey: finished.sessionKey } : null;
      }),
  };
}

/** The library throws for a message that is not one of its own. */
function orNull<T>(run: () => T | null): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
