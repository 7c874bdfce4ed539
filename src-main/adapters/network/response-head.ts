/** The status and headers of an answer, as the network stack has them before the body. */
interface ResponseHead {
  readonly statusCode: number;
  readonly statusLine: string;
  readonly responseHeaders?: Readonly<Record<string, string[]>>;
}

/** The header that holds the server's status in an answer with {@link standInStatus}. */
export const unusualStatusHeader = 'x-unusual-status';
const lowest = 200;
const highest = 599;
/** Replaces a status that no `Response` can have. */
export const standInStatus = highest;

/**
 * Electron makes a `Response` of every answer. For a status outside 200 to 599, or a character beyond Latin-1 in the head, it
 * cannot (Fetch §5.5, §2.2), and the request would never end. Returns the head to use instead. Null if the head can stay.
 */
export function presentableHead({ statusCode, statusLine, responseHeaders = {} }: ResponseHead): {
  readonly statusLine: string;
  readonly responseHeaders: Record<string, string[]>;
} | null {
  const usual = isUsualStatus(statusCode);
  const texts = [statusLine, ...Object.values(responseHeaders).flat()];
  if (usual && texts.every((text) => latin(text) === text)) return null;
  const headers = Object.entries(responseHeaders).map(([name, values]) => [name, values.map(latin)] as const);
  return {
    statusLine: `HTTP/1.1 ${usual ? statusCode : standInStatus}`,
    responseHeaders: {
      ...Object.fromEntries(headers),
      ...(usual ? {} : { [unusualStatusHeader]: [String(statusCode)] }),
    },
  };
}

/** The status that the server sent. A server that sets the header itself gains nothing: only an unusual status is taken from it. */
export function originalStatus(status: number, headers: Readonly<Record<string, string>>): number {
  const unusual = Number(headers[unusualStatusHeader] || Number.NaN);
  return status === standInStatus && Number.isInteger(unusual) && !isUsualStatus(unusual) ? unusual : status;
}

export function isUsualStatus(status: number): boolean {
  return status >= lowest && status <= highest;
}

function latin(text: string): string {
  return text.replaceAll(/[\u{100}-\u{10ffff}]/gu, '?');
}
