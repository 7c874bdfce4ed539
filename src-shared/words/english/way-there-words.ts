import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { type FailureWords, hostOf, hostWithin, say, type SayFailure } from './say-failure.ts';
import { dates } from './time-spans.ts';

const noWay: Readonly<Record<string, (host: string) => string>> = {
  no_network: () => 'This computer is not connected to a network. Plug in the network cable, or connect to the Wi-Fi.',
  name_unknown: (host) =>
    `This network does not know the name ${host}. Check the cable or the Wi-Fi; if other web sites open, check the address in Settings.`,
};

/** Chromium checks a certificate's dates against this computer's clock, so the text asks about the clock first. */
function saysItsDates(failure: Failure): FailureWords {
  const { valid_from: from, valid_until: until, judged_at: judged } = failure.facts ?? {};
  const today = judged ? ` This computer says that today is ${dates.date(Number(judged))}.` : '';
  if (from && judged && Number(judged) < Number(from)) {
    return {
      headline: "This computer's clock seems to be behind",
      meaning: `The certificate of ${hostWithin(failure)} is only valid from ${dates.date(Number(from))}.${today} Set the clock, then try again. Nothing was sent.`,
    };
  }
  const over = until ? ` expired on ${dates.date(Number(until))}` : ' is not valid today';
  return {
    headline: "Is this computer's clock right?",
    meaning: `The certificate of ${hostWithin(failure)}${over}.${today} If that is wrong, set the clock. If it is right, ask the people who run the server to renew the certificate.`,
  };
}

/** Who issued a certificate that is not trusted. */
export function signedBy({ facts }: Failure): string {
  const { certificate_issuer: issuer, certificate_subject: subject } = facts ?? {};
  if (!issuer) return 'is not trusted here.';
  return issuer === subject
    ? `was issued by its own owner, “${issuer}”, so nothing vouches for it.`
    : `was issued by “${issuer}”, which this computer does not trust.`;
}

function isFor({ facts }: Failure): string {
  const subject = facts?.['certificate_subject'];
  return subject ? `for “${subject}”, which does not include its name` : 'that does not include its name';
}

const interceptedOrWrong =
  'Something in this network may be intercepting the connection, or the server is not set up correctly. Nothing was sent.';

/** By the fact `certificate`: how the question in the pane ended. */
const noCertificate: Readonly<Record<string, (host: string) => string>> = {
  declined: (host) =>
    `${host} lets nobody in without one, and you chose not to use one. Choose Reload to be asked again.`,
  refused: (host) =>
    `${host} did not accept the certificate that you chose. Choose Reload to choose another one. If you have no other, ask the people who run the server.`,
  none: (host) =>
    `${host} lets nobody in without one, and this computer has none that it accepts. Ask the people who run your network for a certificate, or use a browser that has one.`,
};

/** Failures between this computer and the Authorization server. */
export const wayThereWords = {
  network_unreachable: (failure) => ({
    headline: 'The Authorization server cannot be reached',
    meaning:
      noWay[failure.facts?.['cause'] ?? '']?.(hostWithin(failure)) ??
      `${hostOf(failure)} does not answer. Check the network cable or the Wi-Fi, and whether other web sites open.`,
  }),
  unexpected_redirect: say(
    'The server redirects to another address',
    'The console did not follow, and nothing was changed. Check the address in Settings, or ask the people who run the Authorization server.',
  ),
  unexpected_content: say(
    'A web page came instead of an answer',
    'A filter in this network may be in the way, or the server has a problem. Ask the people who run the network to let the Authorization server through.',
  ),
  captive_portal: (failure) => ({
    headline: 'This network may want you to sign in',
    meaning: `${
      failure.facts?.['portal']
        ? `It led to ${failure.facts['portal']} instead of ${hostWithin(failure)}.`
        : `It showed a web page instead of the answer from ${hostWithin(failure)}.`
    } Open a browser, sign in to the network, then try again.`,
  }),
  proxy_refused: (failure) => ({
    headline: 'The proxy of this network does not let the console through',
    meaning: `${failure.facts?.['proxy'] ? `The proxy ${failure.facts['proxy']}` : 'It'} does not allow connections to ${hostWithin(failure)}. Ask the people who run the network, or check the proxy in this computer's network settings.`,
  }),
  proxy_sign_in: (failure) => ({
    headline: 'The proxy of this network wants a name and a password',
    meaning: `${failure.facts?.['proxy'] ? `The proxy ${failure.facts['proxy']}` : 'It'} needs them to connect to ${hostWithin(failure)}. Enter them once in the console's window; the keychain keeps them. If you have none, ask the people who run the network.`,
  }),
  certificate_untrusted: (failure) => ({
    headline: 'A filter in this network may be reading the connection',
    meaning: `The certificate of ${hostWithin(failure)} ${signedBy(failure)} Ask the people who run the network to exempt the address, or to install their root certificate here; Help says how. Nothing was sent.`,
  }),
  certificate_date_invalid: saysItsDates,
  certificate_invalid: (failure) =>
    failure.facts?.['cause'] === 'other_name'
      ? {
          headline: 'This is the certificate of another host',
          meaning: `${hostOf(failure)} showed a certificate ${isFor(failure)}. ${interceptedOrWrong}`,
        }
      : {
          headline: 'The connection is not safe',
          meaning: `${hostOf(failure)} could not prove its identity. ${interceptedOrWrong}`,
        },
  connection_damaged: (failure) => ({
    headline: 'The secure connection broke',
    meaning: `What came from ${hostWithin(failure)} could not be decrypted. Something in this network may be damaging or intercepting the connection, or the address leads to something else.`,
  }),
  client_certificate_needed: (failure) => ({
    headline: 'The server wants a certificate',
    meaning:
      noCertificate[failure.facts?.['certificate'] ?? '']?.(hostWithin(failure)) ??
      `${hostOf(failure)} asks for one, and the console has none for its own requests. Ask the people who run the Authorization server not to ask the console for one.`,
  }),
} satisfies Partial<Record<FailureCode, SayFailure>>;
