import { beforeEach, describe, expect, it } from 'vitest';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { metadata } from '../../../fakes/fake-authorization-server.ts';
import { html, json, noAnswer } from '../../../fakes/scripted-http.ts';

let console: ConsoleAtWork;
/** Where requests that may contain a refresh token went. */
let posted: string[];
beforeEach(async () => {
  console = await ConsoleAtWork.create();
  await console.acquire();
  posted = [];
});

/** The answer of the metadata's address from now on. Undefined: the real answer. */
function discovery(answered: () => ReturnType<typeof json> | undefined): void {
  console.server.fault = (endpoint, { method, url }) => {
    if (method === 'POST') posted.push(url);
    return endpoint === 'metadata' ? answered() : undefined;
  };
}

function alterFile(changes: object): void {
  const stored = JSON.parse(console.documents.files.get('authorization-server.p1') ?? '');
  Object.assign(stored.metadata, changes);
  console.documents.files.set('authorization-server.p1', JSON.stringify(stored));
}

const elsewhere = {
  token_endpoint: 'https://evil.example/token',
  revocation_endpoint: 'https://evil.example/revocation',
};

describe('the address that a refresh token is sent to', () => {
  it.each(Object.entries(elsewhere))('is not taken from a file that was altered (%s)', async (name, address) => {
    alterFile({ [name]: address });
    discovery(() => undefined);
    await console.restart();
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
    alterFile({ [name]: address });
    await console.restart();
    expect(await console.services.license.remove(false)).toMatchObject({ ok: true, value: { revoked: true } });
    expect(posted).toEqual([metadata.token_endpoint, metadata.revocation_endpoint]);
  });

  it.each([noAnswer('network_unreachable', false), html(200), json(200, {}), json(503, {})])(
    'is not used until the server itself confirms it (%#)',
    async (answered) => {
      alterFile(elsewhere);
      discovery(() => answered);
      await console.restart();
      expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: false });
      expect(posted).toEqual([]);
      expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
      discovery(() => undefined);
      expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
      expect(posted).toEqual([metadata.token_endpoint]);
    },
  );

  it('is the new one that the server itself publishes, and is used later without asking again', async () => {
    const moved = { ...metadata, token_endpoint: 'https://tokens.example/token' };
    discovery(() => json(200, moved));
    await console.services.license.contactServer();
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
    const asked = console.server.count('metadata');
    await console.restart();
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
    expect(console.server.count('metadata')).toBe(asked);
    expect(posted).toEqual([moved.token_endpoint, moved.token_endpoint]);
  });
});
