import type { LicenseAnswer } from '../wire/license-answer.ts';
import { LicenseApiError } from './license-api-error.ts';
import type { LicenseEvent } from './license-event.ts';

const maxEventCharacters = 1024 * 1024;

/** Parses server-sent events (WHATWG HTML §9.2.6) from text that arrives in pieces. Skips unknown events and fields. */
export class EventReader {
  #rest = '';
  #type = '';
  #data: string[] = [];
  #length = 0;

  /** The events that this piece completes. Throws `answer_too_large`. */
  read(piece: string): LicenseEvent[] {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?=.)/);
    this.#rest = lines.pop() ?? '';
    const events: LicenseEvent[] = [];
    for (const line of lines) {
      if (line === '') events.push(...this.#complete());
      else this.#take(line);
    }
    if (this.#length + this.#rest.length > maxEventCharacters)
      throw new LicenseApiError('answer_too_large', 'The event is larger than any of the License Console');
    return events;
  }

  #take(line: string): void {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') this.#type = value;
    if (field !== 'data') return;
    this.#data.push(value);
    this.#length += value.length;
  }

  #complete(): LicenseEvent[] {
    const type = this.#type;
    const data = this.#data.join('\n');
    this.#type = '';
    this.#data = [];
    this.#length = 0;
    return data ? eventOf(type, data) : [];
  }
}

function eventOf(type: string, data: string): LicenseEvent[] {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return [];
  }
  if (type === 'status') return [{ type, license: value as LicenseAnswer }];
  if (type === 'token_refreshed') return [{ type, expires_at: String((value as { expires_at?: unknown }).expires_at) }];
  return [];
}

/** Remembers the last license token, so that a token refreshed while disconnected is reported after reconnecting. */
export class MissedTokens {
  /** Null before the first status. */
  #token: string | null = null;

  /** The events to yield for a received one. `isFirst`: whether it is the first of its connection. */
  eventsFor(event: LicenseEvent, isFirst: boolean): LicenseEvent[] {
    if (event.type !== 'status') return [event];
    const { token, refresh } = event.license ?? {};
    const now = token ? `${token.issued_at} ${token.expires_at} ${refresh?.last_refreshed_at}` : '';
    const isMissed = isFirst && token && this.#token !== null && this.#token !== now;
    this.#token = now;
    return isMissed ? [{ type: 'token_refreshed', expires_at: token.expires_at }, event] : [event];
  }
}

const minWaitMs = 250;
const maxWaitMs = 30_000;

/** Exponential backoff with full jitter, so that a hundred programs do not reconnect at once. `random` is in [0, 1). */
export function reconnectWaitMs(failures: number, random: number): number {
  return Math.round(minWaitMs + random * Math.min(maxWaitMs, minWaitMs * 2 ** Math.min(failures, 16)));
}

/** Too slow, or too many streams at once. A retry may succeed. */
const passing = new Set([408, 429]);

/** Whether a retry would not help. */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof LicenseApiError)) return true;
  const { status, code } = error;
  if (status === undefined) return code === 'address_refused' || code === 'closed';
  return status < 500 && !passing.has(status);
}
