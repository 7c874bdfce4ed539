import { words } from '../../src-shared/words/words.ts';
import {
  type Problem,
  type ProblemCode,
  problemCodes,
  problemStatuses,
  problemType,
  problemUrn,
} from './wire/problem.ts';

/** An error answer, ready to be sent. */
interface ProblemAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sent with every answer, so that no answer is cached and no content type is sniffed. */
export const answerHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** RFC 9457. Echoes nothing of the request. */
function problemOf(code: ProblemCode): Problem {
  const { title, detail } = words.localApiAnswers.problems[code];
  return { type: `${problemUrn}${code}`, title, status: problemStatuses[code], detail, code };
}

const prepared = new Map(problemCodes.map((code) => [code, prepare(code)]));

function prepare(code: ProblemCode): ProblemAnswer {
  const body = JSON.stringify(problemOf(code));
  const headers = {
    'content-type': problemType,
    'content-length': String(Buffer.byteLength(body)),
    ...answerHeaders,
    // RFC 6750 §3
    ...(code === 'unauthorized' ? { 'www-authenticate': 'Bearer' } : {}),
  };
  return { status: problemStatuses[code], body, headers };
}

/** `allow`: the method that the path accepts (RFC 9110 §15.5.6). */
export function problemAnswer(code: ProblemCode, allow?: string): ProblemAnswer {
  const answer = prepared.get(code) ?? prepare(code);
  return allow === undefined ? answer : { ...answer, headers: { ...answer.headers, allow } };
}

/** The bytes of a problem, for a connection whose request could not be parsed (RFC 9112 §3). */
export function rawProblem(code: ProblemCode): string {
  const { status, body, headers } = problemAnswer(code);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Refused\r\n${lines.join('')}connection: close\r\n\r\n${body}`;
}
