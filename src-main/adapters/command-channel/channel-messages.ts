import { z } from 'zod/mini';
import { failureCode } from '../../../src-shared/schema-atoms.ts';

/** In bytes: the longest word of a command, and the longest input that a command reads. */
const wordsLimit = 64 * 1024;
export const inputLimit = 64 * 1024;
/** No terminal is wider. */
export const columnsLimit = 10_000;
/**
 * The longest line in bytes. `stranger`: from a terminal that has not yet proved that it knows the key. `terminal`: from one that
 * has. `console`: from the console. JSON escapes some bytes as six.
 */
export const lineLimits = { stranger: 2_048, terminal: 6 * inputLimit + 1_024, console: 8 * 1024 * 1024 } as const;

const nonce = z.string().check(z.minLength(16), z.maxLength(100));
const text = z.string();

/** The console's first line. */
export const helloSchema = z.object({ version: z.literal(1), nonce });
/** The terminal's first line, and the console's answer. */
export const terminalProofSchema = z.object({ nonce, proof: z.string().check(z.maxLength(100)) });
export const consoleProofSchema = z.object({ proof: z.string().check(z.maxLength(100)) });

export const runSchema = z.object({
  words: z.array(text.check(z.maxLength(wordsLimit))).check(z.maxLength(200)),
  columns: z.number().check(z.int(), z.gte(1), z.lte(columnsLimit)),
  isLive: z.boolean(),
  hasColours: z.boolean(),
});
export type RunMessage = z.infer<typeof runSchema>;

/** The terminal's messages while its command runs. */
export const terminalMessageSchema = z.union([
  z.strictObject({ cancel: z.literal(true) }),
  z.strictObject({ typed: text.check(z.maxLength(inputLimit)) }),
  z.strictObject({ nothingTyped: failureCode, reason: z.optional(text.check(z.maxLength(100))) }),
]);
export type TerminalMessage = z.infer<typeof terminalMessageSchema>;

/** The console's messages while it runs a command. */
export const consoleMessageSchema = z.union([
  z.strictObject({ out: text }),
  z.strictObject({ err: text }),
  z.strictObject({ live: text }),
  z.strictObject({ ask: text }),
  z.strictObject({ read: z.union([z.literal('standard_input'), z.strictObject({ file: text })]) }),
  z.strictObject({ isThere: text }),
  z.strictObject({ save: z.strictObject({ file: text, base64: text, replaces: z.boolean() }) }),
  /** The command cannot run here now. The terminal asks again later. */
  z.strictObject({ busy: z.literal(true) }),
  z.strictObject({ exit: z.number().check(z.int(), z.gte(0), z.lte(255)) }),
]);
export type ConsoleMessage = z.infer<typeof consoleMessageSchema>;
