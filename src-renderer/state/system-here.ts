/** The operating system of this computer, as named in the texts. */
export function systemHere(userAgent: string): 'Windows' | 'macOS' | 'Linux' {
  if (userAgent.includes('Windows')) return 'Windows';
  return userAgent.includes('Mac OS') ? 'macOS' : 'Linux';
}
