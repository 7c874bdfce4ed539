import type { DifferingMember, ServerDifference } from '../../server-difference.ts';

const members: Readonly<Record<DifferingMember, string>> = {
  serverName: 'Server',
  organization: 'Organization',
  serverId: 'Server ID',
  edition: 'Edition',
  deviceType: 'Device type',
};

/** The question whether a license that seems to be for another server is kept. */
export const serverQuestionWords = {
  headline: ({ differs, meant, found }: ServerDifference): string => {
    const name = found.serverName ?? found.serverId ?? '';
    if (differs.includes('serverName')) return `This license is for ${name}, not ${meant.serverName}`;
    if (differs.includes('organization'))
      return `This license belongs to ${found.organization}, not ${meant.organization}`;
    if (differs.includes('serverId')) return `This license is for a device with another Server ID: ${found.serverId}`;
    return found.edition === undefined
      ? `This license is for an unknown device type: ${found.deviceType}`
      : `This license is for an unknown edition: ${found.edition}`;
  },
  meaning: 'The new license is not in use yet. Was the right device chosen at the Authorization server?',
  /** What is compared, what the person meant, and what the license says; one row for each difference. */
  columns: ['What differs', 'Expected', 'New license'],
  rows: ({ differs, meant, found }: ServerDifference): readonly (readonly [string, string, string])[] =>
    differs.map((member) => [members[member], meant[member] ?? 'Unknown', found[member] ?? 'Unknown']),
  /** A row in a terminal. */
  line: (member: string, expected: string, found: string): string =>
    `${member}: expected ${expected}, the new license says ${found}.`,
  keep: ({ newName }: ServerDifference): string => (newName === undefined ? 'Keep it' : 'Keep it and rename'),
  keepMeans: ({ newName }: ServerDifference): string =>
    newName === undefined
      ? 'This server uses the new license.'
      : `This server uses the new license and is renamed to ${newName}.`,
  undo: 'Undo',
  undoMeans: 'This ends the new authorization. Then you get a new User Code and choose a device again.',
  /** In a terminal. */
  question: 'Type keep or undo: ',
  answers: { keep: ['keep', 'k'], undo: ['undo', 'u'] } as Readonly<Record<'keep' | 'undo', readonly string[]>>,
};
