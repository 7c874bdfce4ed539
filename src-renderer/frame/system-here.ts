/** The operating system of this computer, as the words name it. */
export function systemHere(userAgent: string): 'Windows' | 'macOS' | 'Linux' {
  if (userAgent.includes('Windows')) return 'Windows';
  return userAgent.includes('Mac OS') ? 'macOS' : 'Linux';
}
