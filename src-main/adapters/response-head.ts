/** What the network stack says of an answer before its body comes. */
export interface ResponseHead {
  readonly statusCode: number;
  readonly statusLine: string;
  readonly responseHeaders?: Readonly<Record<string, string[]>>;
}

/** In an answer whose status is {@link standInStatus}: the status that came. */
export const unusualStatusHeader = 'x-unusual-status';
const lowest = 200;
const highest = 599;
/** Stands for a status that no `Response` can have. */
export const standInStatus = highest;

/**
 * Electron makes a `Response` of every answer. Where none can be made, with a status beyond 599 or a character beyond Latin-1 in
 * its head (Fetch §5.5, §2.2), the request would have no end. The head that is put in its place; null where it can stay.
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

/** The status that came, where another one stands for it. A server that names it itself can name none that means more. */
export function statusThatCame(status: number, headers: Readonly<Record<string, string>>): number {
  const unusual = Number(headers[unusualStatusHeader] || Number.NaN);
  return status === standInStatus && Number.isInteger(unusual) && !isUsualStatus(unusual) ? unusual : status;
}

export function isUsualStatus(status: number): boolean {
  return status >= lowest && status <= highest;
}

function latin(text: string): string {
  return text.replaceAll(/[\u{100}-\u{10ffff}]/gu, '?');
}
