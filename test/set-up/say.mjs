/** Prints a line of progress, marked to distinguish it from the tools' output. It goes to stderr, because stdout is for results. */
export function say(text) {
  process.stderr.write(`\n▸ ${text}\n`);
}

/** Prints what is wrong and what to do, and exits with code 1. */
export function giveUp(text) {
  process.stderr.write(`\n✖ ${text}\n`);
  process.exit(1);
}
