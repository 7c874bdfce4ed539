import { z } from 'zod/mini';
import {
  isContact,
  linkOf,
  type SupportContactState,
  supportLinks,
} from '../../../src-shared/support/support-contact.ts';
import type { Log } from '../../ports/log.ts';
import { administratorFile, type AdministratorPlace, readAdministratorFile } from '../disk/administrator-file.ts';

const text = z.string().check(z.minLength(1), z.maxLength(200));
const fileSchema = z.object({
  support: z
    .object({
      name: z.optional(text),
      phone: z.optional(text.check(z.regex(/^[+(]?\d[\d ()./-]*$/))),
      email: z.optional(text),
      url: z.optional(z.string().check(z.maxLength(2000))),
      hours: z.optional(text),
    })
    .check(
      z.refine((contact) => {
        const links = supportLinks.flatMap((by) => linkOf(contact, by) ?? []);
        return links.length > 0 && links.every(isContact);
      }),
    ),
});

/** Where an administrator puts the file on this system. */
export function supportContactFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  return administratorFile('support.json', platform, env);
}

/** Returns a function that reads the file at its first call, and returns the same contact at every later call. A refusal is logged once. */
export function createSupportContact(place: AdministratorPlace, log: Log): () => SupportContactState {
  let known: SupportContactState | null = null;
  const read = (): SupportContactState => {
    const found = readAdministratorFile(place, fileSchema);
    if (found.state === 'read') return { state: 'set', contact: found.value.support };
    if (found.state === 'none') return found;
    log.warn('files', 'support_contact_refused', { reason: found.reason });
    return { ...found, file: place.file };
  };
  return () => (known ??= read());
}
