import type { PeerDetails, PeerReason } from '../../registers/peer-verdict.ts';
import { dates } from './time-spans.ts';

/** Why a register or another server is refused, what that means, and the one thing to do. */
interface PeerRefusalWords {
  readonly headline: string;
  readonly meaning: string;
  readonly action: string;
}

type SayRefusal = (peer: Partial<PeerDetails>) => PeerRefusalWords;

const say = (headline: string, meaning: string, action: string): SayRefusal => {
  const said = { headline, meaning, action };
  return () => said;
};

export const renewThatLicense =
  'Renew its license at the Authorization server, then remove it on that device and acquire it again.';

/** In these texts, "that device" is the refused register or server, and "this server" is the one that the console licenses. */
export const peerRefusals: Readonly<Record<PeerReason, SayRefusal>> = {
  not_licensed: say(
    'this server is not licensed',
    'Without its own license, this server cannot check other devices. Nothing is wrong with that device.',
    'License this server on the page License.',
  ),
  malformed: say(
    'it showed no license token',
    'What it sent is something else, or only a part of a license token.',
    'Update the POS software on that device and start it again.',
  ),
  algorithm_unsupported: say(
    'its license token cannot be checked here',
    'It is signed in a way that this console does not know. It may be genuine, but this console cannot tell.',
    'Update this console. If it is refused again, ask the people who run the Authorization server.',
  ),
  key_unknown: say(
    'its license token is not signed by our server',
    'The Authorization server of this server does not know who signed its token. It may be a test license, or it may be forged.',
    'License that device again at the Authorization server that this server uses.',
  ),
  key_unknown_offline: say(
    'it cannot be checked right now',
    'Its token is signed with a newer key, and the Authorization server could not be reached to get it. That device may be perfectly fine.',
    'Connect this server to the internet, then let that device try again.',
  ),
  key_refused: say(
    'the Authorization server gave no key for it',
    'Its token is signed with a newer key. The Authorization server answered, but gave no usable keys. That device may be perfectly fine.',
    'Refresh the license of this server. If that device is refused again, ask the people who run the Authorization server.',
  ),
  signature_invalid: say(
    'its license token was altered',
    'It is not what the Authorization server signed. It was damaged on the way, or somebody changed it.',
    'Refresh the license on that device. If it is refused again, tell support.',
  ),
  type_invalid: say(
    'it showed the wrong kind of token',
    'The token is genuine, but it is not the one that proves a license.',
    'Update the POS software on that device. If it is refused again, tell support.',
  ),
  other_issuer: say(
    'it is licensed at another Authorization server',
    'This server trusts only devices that are licensed at its own Authorization server.',
    'Remove the license on that device and acquire one at the Authorization server that this server uses.',
  ),
  other_audience: say(
    'its token is meant for another system',
    'The token is genuine, but it was not issued for POS servers and registers.',
    'Compare Resource and Audience in the settings of that device with those of this server.',
  ),
  expired: ({ tokenExpiresAt }) => ({
    headline: 'its license token has expired',
    meaning: `${
      tokenExpiresAt === undefined ? 'It expired' : `It expired on ${dates.mediumDateTime(tokenExpiresAt)}`
    }, because that device was offline for too long. Its license may still be valid.`,
    action: 'Connect that device to the internet, then refresh the license there.',
  }),
  clock_wrong: ({ tokenIssuedAt }) => ({
    headline: "this computer's clock may be wrong",
    meaning: `${
      tokenIssuedAt === undefined
        ? 'Its token was issued'
        : `Its token was issued on ${dates.mediumDateTime(tokenIssuedAt)},`
    } later than the time on this computer. That device may be perfectly fine.`,
    action: 'Check the date, time and time zone of this computer.',
  }),
  license_details_missing: say(
    'its token says nothing about a license',
    'The Authorization server knows that device, but it may not be set up there as a register or POS server.',
    'Check Device and License at the Authorization server, then refresh the license on that device.',
  ),
  other_organization: ({ organization }) => ({
    headline: 'it belongs to another organization',
    meaning: organization
      ? `It is licensed for ${organization.name ?? organization.id}. That is not the organization of this server.`
      : 'Its token does not name the organization of this server.',
    action: 'License that device again and choose the organization of this server.',
  }),
  organization_missing: ({ organization }) => ({
    headline: 'the organizations cannot be compared',
    meaning: organization
      ? `It is licensed for ${organization.name ?? organization.id}. The license of this server names no organization that can be read.`
      : 'Its license names no organization that can be read.',
    action: organization
      ? 'Refresh the license of this server. If that device is refused again, tell support.'
      : 'Refresh the license on that device. If it is refused again, tell support.',
  }),
  not_our_peer: ({ hub }) => ({
    headline: 'it belongs to another server',
    meaning: hub
      ? `Its hub server is ${hub.name ?? hub.serverId ?? hub.url ?? 'another one'}, not this server.`
      : 'Its license names no hub server, so it does not belong to this server.',
    action: 'Choose this server as its hub server at the Authorization server, then refresh its license.',
  }),
  license_expired: ({ renewal }) => ({
    headline: 'its license has expired',
    meaning:
      renewal?.endsAt === undefined
        ? 'It was not renewed in time.'
        : `It was valid until ${dates.mediumDateTime(renewal.endsAt)} and was not renewed in time.`,
    action: renewThatLicense,
  }),
  proof_missing: say(
    'it did not prove that the token is its own',
    'Its token needs a proof from the device that it was issued to, and no proof came with it.',
    'Update the POS software on that device and on this server.',
  ),
  proof_invalid: say(
    'its proof does not fit its token',
    'The proof is too old or meant for another request, or the token was copied from another device.',
    'Check the clock of that device. If it is refused again, license it again.',
  ),
};
