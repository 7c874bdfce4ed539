// The real console. Its main process also evaluates functions that a test sends (see ../unwatched-console.ts).
import * as electron from 'electron';
import '../../../out/test/main/main.js';

process.on('message', ({ id, source, given }) => {
  answer(source, given).then(
    (value) => process.send({ id, value }),
    (thrown) => process.send({ id, thrown: String(thrown) }),
  );
});

// The test has ended, with or without closing the console.
process.on('disconnect', () => electron.app.exit());

async function answer(source, given) {
  // oxlint-disable-next-line no-eval -- The source comes from the test itself.
  return globalThis.eval(`(${source})`)(electron, given);
}
