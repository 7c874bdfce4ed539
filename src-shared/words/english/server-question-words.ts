import type { DifferingMember, ServerDifference, ServerIdentity } from '../../servers/server-difference.ts';
import { differsInAlphabet } from '../../servers/server-name.ts';
import { shownText } from '../../text/shown-text.ts';
import { frameWords } from './frame-words.ts';

const members: Readonly<Record<DifferingMember, string>> = {
  serverName: 'Server',
  organization: 'Organization',
  serverId: 'Server ID',
  edition: 'Edition',
  deviceType: 'Device type',
};

/** Longer names are cut, so that the answers stay in sight. */
const longestName = 60;
const cut = (text: string | undefined): string => shownText(text ?? '', longestName);

/** What the person meant, in words. An edition or a device type is shown by the console's own name, not by the value in a token. */
function expected(member: DifferingMember, meant: ServerIdentity): string {
  const value = meant[member];
  if (value === undefined) return 'Unknown';
  if (member === 'edition') return frameWords.editions[value as keyof typeof frameWords.editions] ?? value;
  return member === 'deviceType' && value === 'server' ? 'Server' : value;
}

/** The question whether a license that seems to be for another server is kept. */
export const serverQuestionWords = {
  headline: ({ differs, meant, found }: ServerDifference): string => {
    const name = cut(found.serverName ?? found.serverId);
    if (differs.length === 0) return `A new license for ${name} is waiting for your answer`;
    if (differs.includes('serverName')) return `This license is for ${name}, not ${cut(meant.serverName)}`;
    if (differs.includes('organization'))
      return `This license belongs to ${cut(found.organization)}, not ${cut(meant.organization)}`;
    if (differs.includes('serverId'))
      return `This license is for a device with another Server ID: ${cut(found.serverId)}`;
    return found.edition === undefined
      ? `This license is for an unknown device type: ${cut(found.deviceType)}`
      : `This license is for an unknown edition: ${cut(found.edition)}`;
  },
  meaning: ({ differs }: ServerDifference): string =>
    differs.length === 0
      ? 'The new license is not in use yet. It fits this server as it is set up now.'
      : 'The new license is not in use yet. Was the right device chosen at the Authorization server?',
  /** What a person cannot see in the names. Null if there is nothing. */
  alike: ({ differs, meant, found }: ServerDifference): string | null =>
    differs.includes('serverName') && differsInAlphabet(meant.serverName ?? '', found.serverName ?? '')
      ? 'The names may look the same, but some letters are from another alphabet.'
      : null,
  /** What is compared, what the person meant, and what the license says; one row for each difference. */
  columns: ['What differs', 'Expected', 'New license'],
  rows: ({ differs, meant, found }: ServerDifference): readonly (readonly [string, string, string])[] =>
    differs.map((member) => [members[member], expected(member, meant), found[member] ?? 'Unknown']),
  /** A row in a terminal. */
  line: (member: string, expected: string, found: string): string =>
    `${member}: expected ${expected}, the new license says ${found}.`,
  keep: ({ newName }: ServerDifference): string => (newName === undefined ? 'Keep it' : 'Keep it and rename'),
  keepMeans: ({ newName, takenName }: ServerDifference): string => {
    if (newName !== undefined) return `This server uses the new license and is renamed to ${cut(newName)}.`;
    return takenName === undefined
      ? 'This server uses the new license.'
      : `This server uses the new license and keeps its name, because another server in this console is called ${cut(takenName)}.`;
  },
  undo: 'Undo',
  undoMeans: 'This ends the new authorization. Then you get a new User Code and choose a device again.',
  /** In a terminal. */
  question: 'Type keep or undo: ',
  answers: { keep: ['keep', 'k'], undo: ['undo', 'u'] } as Readonly<Record<'keep' | 'undo', readonly string[]>>,
};
