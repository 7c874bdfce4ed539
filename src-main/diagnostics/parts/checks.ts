import { type DiagnosticsPart, servicesOf } from '../diagnostics-part.ts';
import { inBlocks, textsIn } from '../rows.ts';
import { checkLine } from '../preflight-text.ts';

/** The checks of this computer and of the way to each Authorization server, run now. */
export const checks: DiagnosticsPart = {
  kind: 'checks',
  name: 'checks.txt',
  // Some checks take a minute to fail. Checks that have not ended by then are listed as not checked.
  limitMs: 240_000,
  async gather({ scene, signal, onCheck }) {
    const services = servicesOf(scene);
    const report = await services.checks(signal, onCheck);
    const named = report.servers.map(({ profileId, results }) => {
      const { serverName, issuer } = services.servers.find(({ profile }) => profile.id === profileId)?.profile ?? {};
      return { title: `${serverName ?? profileId}, ${issuer ?? ''}`, results };
    });
    return [
      {
        name: 'checks.txt',
        lines: inBlocks([
          ['This computer', ...report.computer.map(checkLine)],
          ...named.map(({ title, results }) => [title, ...results.map(checkLine)]),
        ]),
        plain: textsIn(named.map(({ title }) => title)),
      },
    ];
  },
};
