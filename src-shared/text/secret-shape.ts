/** What the log and the diagnostics show in place of a secret. */
export const removedMark = '[removed]';

/** Has the text no shape of a secret? */
export const isPlainName = (text: string): boolean => isAddress(text) || isNetError(text);

/** Is it a name of Chromium's, such as `ERR_SSL_VERSION_OR_CIPHER_MISMATCH`? */
function isNetError(text: string): boolean {
  return /^ERR(?:_[A-Z]{1,16}\d?){1,8}$/.test(text);
}

/** Does the text consist of lower-case words only, as in hosts and paths? No token does. */
function isAddress(text: string): boolean {
  return text.split(/[/._-]/).every((word) => /^[a-z]{0,20}\d{0,2}$/.test(word));
}
