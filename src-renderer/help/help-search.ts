import { type HelpTopic, helpTopics } from '../../src-shared/window/place.ts';
import { helpWords } from '../../src-shared/words/help-words.ts';
import { hasEveryWord, plainText } from '../frame/search.ts';

/** The topics whose heading and text contain every word of the search, those with all of them in the heading first. */
export function searchedTopics(search: string): readonly HelpTopic[] {
  const wanted = plainText(search);
  const isInHeading = (name: HelpTopic) => Number(hasEveryWord(plainText(helpWords[name].heading), wanted));
  return helpTopics
    .filter((name) => hasEveryWord(plainText(textOf(helpWords[name])), wanted))
    .toSorted((one, other) => isInHeading(other) - isInHeading(one));
}

/** All sentences of a topic. Those with a value in them are left out. */
function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  return typeof part === 'object' && part !== null ? Object.values(part).map(textOf).join(' ') : '';
}
