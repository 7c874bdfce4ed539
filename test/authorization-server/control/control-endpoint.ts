/** The control interface over HTTP, on loopback only: `POST /{operation}` with a JSON object returns JSON. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { type OperationName, operationArguments } from './operation-arguments.ts';
import type { SandboxControl } from './sandbox-control.ts';

export async function answerControl(
  control: SandboxControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = (request.url ?? '/').slice(1);
  if (name === '') return answer(response, 200, { operations: Object.keys(operationArguments) });
  if (!isOperation(name)) return answer(response, 404, { error: `There is no operation ${name}.` });
  if (request.method !== 'POST') return answer(response, 405, { error: 'An operation wants POST.' });
  // A page in a browser cannot send this content type to another origin without a CORS preflight request.
  if (request.headers['content-type'] !== 'application/json') {
    return answer(response, 415, { error: 'An operation wants application/json.' });
  }
  try {
    const argument: unknown = operationArguments[name].parse(JSON.parse((await readText(request)) || '{}'));
    const operation = control[name].bind(control) as (argument: unknown) => unknown;
    answer(response, 200, (await operation(argument)) ?? {});
  } catch (error) {
    answer(response, 400, { error: wordsOf(error) });
  }
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operationArguments, name);
}

function wordsOf(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
