import { expect, it } from 'vitest';
import { askForTime } from '../../../../src-main/authorization/time-question.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';

const isAnsweredBy = (outcome: HttpOutcome) =>
  askForTime(new ScriptedHttp(() => outcome), 'https://auth.example/token', 'console');

it.each([
  ['the usual rejection', json(400, { error: 'unsupported_grant_type' })],
  ['a failure of the server', json(503, {})],
])('the question about the time is answered by %s', async (_name, outcome) => {
  expect(await isAnsweredBy(outcome)).toBe(true);
});

it.each([
  ['the page of a captive portal', html(200)],
  ['a proxy that wants a password', json(407, {})],
  ['a network without a connection', noAnswer('network_unreachable')],
])('the question about the time is not answered by %s', async (_name, outcome) => {
  expect(await isAnsweredBy(outcome)).toBe(false);
});
