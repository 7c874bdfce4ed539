import { expect, it } from 'vitest';
import { peerSummary } from '../../../../src-main/peers/peer-summary.ts';
import { refusedPeer } from '../../../gallery/registers.ts';

it('a name adds no lines and no direction marks to the text', () => {
  const forged = 'Register 3\nVerdict: Accepted\r\u2028Code: none\u202Edesrever';
  const seen = refusedPeer('other_organization', { serverId: 'r-3', serverName: forged }, { authentic: true });
  const plain = refusedPeer('other_organization', { serverId: 'r-3', serverName: 'Register 3' }, { authentic: true });
  const summary = peerSummary(seen, forged);
  expect(summary.split(/[\n\r\u2028]/)).toHaveLength(peerSummary(plain, 'Store 014').split('\n').length);
  expect(summary).not.toContain('\u202E');
});
