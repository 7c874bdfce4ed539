import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether the name of the Authorization server is known here (DNS). A proxy or a laptop looks the name up itself. */
export const name = checkOfStage(
  'name',
  ({ host }) => preflightWords.nameWorks(host),
  ({ evidence, host, laptop }) => evidence.proxy === undefined && laptop === null && !isAddress(host),
);

function isAddress(host: string): boolean {
  return /^(\d+\.){3}\d+(:\d+)?$|^\[|^localhost(:\d+)?$/.test(host);
}
