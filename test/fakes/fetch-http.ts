import type { Http, HttpOutcome, HttpRequest } from '../../src-main/ports/http.ts';
import { answer, noAnswer } from './scripted-http.ts';

/** Sends real requests to a server that a test started on this computer. */
export class FetchHttp implements Http {
  async send(request: HttpRequest): Promise<HttpOutcome> {
    try {
      const response = await fetch(request.url, {
        method: request.method,
        redirect: 'error',
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.signal ? { signal: request.signal } : {}),
      });
      return answer(response.status, await response.text(), Object.fromEntries(response.headers));
    } catch {
      return noAnswer('network_unreachable');
    }
  }
}
