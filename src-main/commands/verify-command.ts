import { type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { PresentedToken } from '../peers/peer-proof.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { sayWhichServer, withServer } from './chosen-servers.ts';
import { type Command, type CommandCall, type CommandEnd, malformed } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import { exitCodeOfVerdict, verdictDocument, verdictLines } from './verdict-report.ts';

/** Recorded with the peer in the list of peers: where it was verified. */
const askedBy = 'terminal';

/** Verifies the license token of a register or another server, as the local license API does for this server. */
export const verifyCommand: Command = {
  values: ['server', 'token-file', 'proof-file', 'method', 'url'],
  does: withServer(verify),
};

async function verify(call: CommandCall, server: LicensedServer): Promise<CommandEnd> {
  const { output } = call;
  const presented = await readPresented(call);
  if (!presented.ok) return presented;
  const verdict = await server.peers.verify(presented.value, askedBy);
  output.document(verdictDocument(verdict));
  sayWhichServer(call.services, server, output);
  output.lines(verdictLines(verdict, output.width));
  return exitCodeOfVerdict(verdict);
}

async function readPresented({ args, output }: CommandCall): Promise<Result<PresentedToken>> {
  const [file, proofFile, method, url] = ['token-file', 'proof-file', 'method', 'url'].map((name) => args.value(name));
  const hasProof = proofFile !== undefined;
  if (hasProof !== (method !== undefined) || hasProof !== (url !== undefined))
    return malformed(terminalWords.verify.proofIncomplete);
  const token = await readText(file, output);
  if (!token.ok) return token;
  if (proofFile === undefined || method === undefined || url === undefined) return succeed({ token: token.value });
  const proof = await readText(proofFile, output);
  return proof.ok ? succeed({ token: token.value, proof: { proof: proof.value, method, url } }) : proof;
}

async function readText(file: string | undefined, { terminal }: CommandOutput): Promise<Result<string>> {
  const text = await terminal.read(file === undefined ? 'standard_input' : { file });
  if (!text.ok && text.failure.code !== 'command_malformed') return text;
  if (!text.ok) return malformed(terminalWords.verify.unreadable(file));
  const trimmed = text.value.trim();
  return trimmed === '' ? malformed(terminalWords.verify.nothingThere(file)) : succeed(trimmed);
}
