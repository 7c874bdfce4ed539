import { call } from '../bridge.ts';
import { toast } from './toast.ts';

/** Lets the system print the page, and says why if it does not. */
export async function printPage(): Promise<void> {
  const printed = await call('license.print');
  if (!printed.ok) toast(printed, '');
}
