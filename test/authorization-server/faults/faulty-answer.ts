/** Applies a planted fault to one request. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { requestEntry } from '../request-log.ts';
import { captureAnswer } from './captured-answer.ts';
import type { Fault } from './fault-plan.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const mebibyte = 1024 * 1024;

export async function answerWithFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  handle: Handler,
): Promise<void> {
  if (fault.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
  switch (fault.kind) {
    case 'delay':
      return handle(request, response);
    case 'drop-after-commit':
    case 'slow-body':
    case 'bad-signature':
    case 'edit-json':
      return changeAnswer(fault, request, response, handle);
    case 'drop':
    case 'status':
    case 'html':
    case 'redirect':
    case 'huge-body':
      await noteGrantType(request);
      return answerUnasked(fault, request, response);
  }
}

type UnaskedFault = Extract<Fault, { kind: 'drop' | 'status' | 'html' | 'redirect' | 'huge-body' }>;
type ChangingFault = Exclude<Fault, UnaskedFault | { kind: 'delay' }>;

/** Answers or breaks the connection, without passing the request to the server. */
async function answerUnasked(fault: UnaskedFault, request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (fault.kind) {
    case 'drop':
      request.socket.destroy();
      return;
    case 'status':
      answerStatus(fault, response);
      return;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(
        '<!doctype html><title>Welcome</title><h1>Welcome to the guest network</h1><p>Accept the terms to go on.</p>',
      );
      return;
    case 'redirect':
      response.writeHead(fault.status ?? 302, { Location: fault.location });
      response.end();
      return;
    case 'huge-body':
      return answerHuge(fault.bytes, response);
  }
}

function answerStatus(fault: Extract<Fault, { kind: 'status' }>, response: ServerResponse): void {
  const isText = typeof fault.body === 'string';
  response.writeHead(fault.status, {
    ...(fault.body === undefined ? {} : { 'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json' }),
    ...(fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }),
    ...fault.headers,
  });
  response.end(isText ? fault.body : fault.body === undefined ? '' : JSON.stringify(fault.body));
}

/** JSON with a valid beginning and no end, written only as fast as the client reads it. */
async function answerHuge(bytes: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write('{"padding":"');
  const chunk = Buffer.alloc(Math.min(bytes, mebibyte), 'a');
  const closed = once(response, 'close');
  for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
  }
  response.end('"}');
}

/** Lets the server handle the request, then drops, corrupts or slows down the answer. */
async function changeAnswer(
  fault: ChangingFault,
  request: IncomingMessage,
  response: ServerResponse,
  handle: Handler,
): Promise<void> {
  const captured = captureAnswer(response);
  await handle(request, response);
  const body = await captured.body;
  captured.release();
  switch (fault.kind) {
    case 'drop-after-commit':
      request.socket.destroy();
      return;
    case 'slow-body':
      return drip(body, fault, response);
    case 'bad-signature':
      deliver(editJson(body, spoilSignature), response);
      return;
    case 'edit-json':
      deliver(
        editJson(body, (answer) =>
          Object.fromEntries(Object.entries({ ...answer, ...fault.members }).filter(([, value]) => value !== null)),
        ),
        response,
      );
      return;
  }
}

async function drip(
  body: Buffer,
  fault: Extract<Fault, { kind: 'slow-body' }>,
  response: ServerResponse,
): Promise<void> {
  for (let sent = 0; sent < body.length && !response.destroyed; sent += fault.bytesPerChunk) {
    response.write(body.subarray(sent, sent + fault.bytesPerChunk));
    await delay(fault.chunkDelayMs, undefined, { ref: false });
  }
  response.end();
}

function deliver(body: Buffer, response: ServerResponse): void {
  if (response.hasHeader('Content-Length')) response.setHeader('Content-Length', body.length);
  response.end(body);
}

/** An answer that is not a JSON object is returned unchanged. */
function editJson(body: Buffer, edit: (answer: Record<string, unknown>) => Record<string, unknown>): Buffer {
  try {
    const answer: unknown = JSON.parse(body.toString());
    return typeof answer === 'object' && answer !== null ? Buffer.from(JSON.stringify(edit({ ...answer }))) : body;
  } catch {
    return body;
  }
}

/** RFC 7515 §3.1: the third part is the signature. One bit of its first byte is flipped. */
function spoilSignature(answer: Record<string, unknown>): Record<string, unknown> {
  const token = typeof answer.access_token === 'string' ? answer.access_token : '';
  const [header, payload, signature] = token.split('.');
  if (signature === undefined) return answer;
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { ...answer, access_token: [header, payload, bytes.toString('base64url')].join('.') };
}

/** Reads the body of a request that no handler will read, to log its grant type. */
async function noteGrantType(request: IncomingMessage): Promise<void> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) if (body.length < mebibyte) body += chunk.toString();
  const entry = requestEntry(request);
  const grantType = new URLSearchParams(body).get('grant_type');
  if (entry && grantType !== null) entry.grantType = grantType;
}
