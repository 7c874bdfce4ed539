import type { FailureCode } from '../../failure-codes.ts';
import { usualPairingPort } from '../../pairing/pairing.ts';
import { hostWithin, say, type SayFailure } from './say-failure.ts';
import { signedBy } from './way-there-words.ts';

/** Failures of a server's console and a laptop that helps it. */
export const pairingFailureWords = {
  laptop_unreachable: ({ facts }) => {
    if (facts?.['reason'] === 'busy')
      return { headline: 'The laptop is busy with another server', meaning: 'Wait a few seconds, then try again.' };
    if (facts?.['reason'] === 'answer')
      return {
        headline: 'There is no helping laptop at this address',
        meaning: 'Something else answers there. Compare the address with the one that the laptop shows now.',
      };
    return {
      headline: 'The laptop does not answer',
      meaning: `Compare the address. Use the same network on both: guest Wi-Fi often keeps computers apart; a cable or a phone’s hotspot does not. A firewall on the laptop may block the console: allow TCP port ${facts?.['port'] ?? usualPairingPort}.`,
    };
  },
  pairing_code_wrong: say(
    'The laptop did not accept the code',
    'Compare it with the code that the laptop shows: each code is for one server. If it is right, something may be intercepting the connection. In that case, do not continue on this network.',
  ),
  pairing_ended: say(
    'The laptop has stopped helping',
    'Somebody stopped it at the laptop, its time was over, or too many wrong codes were tried. Start it at the laptop again if you still need it. Nothing was lost here.',
  ),
  laptop_gone: say(
    'The laptop no longer answers',
    'Check its network, and that its console is open. This console tries again automatically until the help ends, and uses its own connection in the meantime.',
  ),
  issuer_refused: say(
    'The person at the laptop refused the Authorization server',
    'They do not recognize its address as your company’s. Check the address in this server’s settings letter by letter, and correct it. The laptop then asks again.',
  ),
  laptop_in_use: ({ facts: { server } = {} }) =>
    server === undefined
      ? {
          headline: 'A laptop already helps this server',
          meaning:
            'Leave out --laptop: the command then uses that laptop. To use another one, first choose Disconnect in the window.',
        }
      : {
          headline: `A laptop helps ${server} now`,
          meaning:
            'This console uses one laptop at a time. Choose Disconnect in the window, or wait until the other command has ended. Then try again.',
        },
  pairing_address_invalid: say(
    'This is not the address of a laptop',
    'Type it as the laptop shows it, such as 192.168.1.20.',
  ),
  pairing_code_invalid: say(
    'This is not a pairing code',
    'Type the eight letters that the laptop shows, such as BCDF GHJK. The spaces do not matter.',
  ),
  pairing_version: ({ facts: { laptop } = {} }) => ({
    headline: `The laptop has ${laptop === undefined ? 'another' : laptop === 'older' ? 'an older' : 'a newer'} version of this console`,
    meaning:
      laptop === undefined
        ? 'The two versions do not work together. Install the same version on both computers.'
        : `The two versions do not work together. Update the console ${laptop === 'older' ? 'of the laptop' : 'of this computer'}, then try again.`,
  }),
  help_port_unusable: say(
    'This laptop cannot be reached by servers',
    'The console could not open a port. A firewall or security program may be blocking it. Allow incoming connections from the local network, then try again.',
  ),
  help_no_network: say(
    'This laptop is not on a network',
    'Connect it to the store’s network, by cable or Wi-Fi, then try again.',
  ),
  relay_refused: (failure) => ({
    headline: 'The laptop does not open this connection',
    meaning: `It did not open ${hostWithin(failure)}. It opens only hosts that the confirmed Authorization server names, and no private one for a server on the internet. Confirm the server at the laptop.`,
  }),
  issuer_without_name: (failure) => ({
    headline: 'The Authorization server needs a name',
    meaning: `A laptop connects servers only to names with https, not to ${hostWithin(failure)}. Ask the people who run it for a name with a certificate, then change the address in the server’s settings.`,
  }),
  issuer_untrusted_by_laptop: (failure) => ({
    headline: 'This laptop does not trust the Authorization server',
    meaning: `The certificate of ${hostWithin(failure)} ${signedBy(failure)} If that is your company, install its root certificate on this laptop; Help says how. If not, do not continue here.`,
  }),
} satisfies Partial<Record<FailureCode, SayFailure>>;
