/** Splits a User Code into readable groups. Joined, they are the exact code. A code with its own separators is not split. */
export function userCodeGroups(userCode: string): readonly string[] {
  if (!/^[\p{L}\p{N}]+$/u.test(userCode)) return [userCode];
  const size = userCode.length % 3 === 0 ? 3 : userCode.length % 4 === 0 ? 4 : userCode.length;
  return userCode.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [userCode];
}
