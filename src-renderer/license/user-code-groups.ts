/** A User Code in groups that are easy to read off; joined, they are the code verbatim. A code with signs of its own stays whole. */
export function userCodeGroups(userCode: string): readonly string[] {
  if (!/^[\p{L}\p{N}]+$/u.test(userCode)) return [userCode];
  const size = userCode.length % 3 === 0 ? 3 : userCode.length % 4 === 0 ? 4 : userCode.length;
  return userCode.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [userCode];
}
