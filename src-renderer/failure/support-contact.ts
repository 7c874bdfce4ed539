import type { SupportContactState } from '../../src-shared/support/support-contact.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { askOnce, useMainRead } from '../state/main-read.ts';

const ask = askOnce(() => call('support.contact'));

/** The support contact. Null before the main process has answered. */
export function useSupportContact(): SupportContactState | null {
  const { read } = useMainRead(ask);
  return read?.ok ? read.value : null;
}

/** Says that the details were copied, and who should get them. */
export async function copiedForSupport(): Promise<string> {
  const read = await call('support.contact');
  return read.ok && read.value.state === 'set'
    ? words.frame.copiedForContact(read.value.contact)
    : words.frame.copiedForSupport;
}
