import type { Http } from '../ports/http.ts';

/** Sends requests for one server profile: its name is in the log, and they go through the laptop that helps it. */
export function httpOfProfile(http: Http, profileId: string): Http {
  return { send: (request) => http.send({ ...request, server: profileId }) };
}
