/**
 * How a bench reports whether a figure reaches its goal. One missed goal makes the whole run fail: its process ends with exit code 1, after
 * every figure was printed.
 */
export function verdict(isMet: boolean): 'met' | 'NOT met' {
  if (!isMet) process.exitCode = 1;
  return isMet ? 'met' : 'NOT met';
}
