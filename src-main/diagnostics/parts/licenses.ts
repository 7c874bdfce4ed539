import { shownDocument } from '../../../src-shared/text/shown-text.ts';
import { licenseMembers } from '../../license/license-members.ts';
import { type DiagnosticsPart, servicesOf } from '../diagnostics-part.ts';
import { inBlocks, rowsOf, textsIn } from '../rows.ts';

/** The license of each server as the console stores it, without the license token. */
export const licenses: DiagnosticsPart = {
  kind: 'licenses',
  name: 'licenses.txt',
  async gather({ scene }) {
    const known = servicesOf(scene).servers.map(({ profile, license }) => {
      const view = license.view();
      return {
        server_name: profile.serverName,
        ...(view ? licenseMembers(view) : { status: 'not_licensed' }),
      };
    });
    const blocks = known.map((members, place) => rowsOf(shownDocument(members), `license[${place + 1}]`));
    return [{ name: 'licenses.txt', lines: inBlocks(blocks), plain: textsIn(known) }];
  },
};
