/** One line of progress, told apart from what the tools print. It goes to stderr: stdout is for results. */
export function say(text) {
  process.stderr.write(`\n▸ ${text}\n`);
}

/** Says what is wrong and what to do, and ends with 1. */
export function giveUp(text) {
  process.stderr.write(`\n✖ ${text}\n`);
  process.exit(1);
}
