import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { words } from '../../../src-shared/words/words.ts';
import { attention } from '../preflight-check.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether the Authorization server can be reached over the network, and whether only a laptop makes that possible. */
export const connection = checkOfStage('connection', ({ host, laptop }) => {
  if (!laptop) return preflightWords.connectionWorks(host);
  const { address, ownFailure } = laptop;
  if (!ownFailure) return preflightWords.reachedBothWays(host, address);
  const { headline } = words.failureWords(ownFailure);
  return attention(
    [preflightWords.reachedByLaptop(host, address), preflightWords.withoutLaptop(headline), preflightWords.needsWay],
    { fixer: 'network' },
  );
});
