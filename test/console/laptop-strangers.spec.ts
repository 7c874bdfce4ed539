import { readFileSync } from 'node:fs';
import { usualPairingPort } from '../../src-shared/pairing/pairing.ts';
import type { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { Opened } from './opened.ts';
import { Person } from './person.ts';
import { HelpPage, useLaptop } from './two-computers/help-page.ts';
import { ServerAndComputers } from './two-computers/server-and-computers.ts';
import { laptopAddress, storeAddress, type StoreAndLaptop } from './two-computers/store-and-laptop.ts';
import type { AuthorizationServer } from './watched-sandbox.ts';

const opened = new Opened();
let computers: StoreAndLaptop;
let server: AuthorizationServer;
let help: HelpPage;
let store: ConsoleApp;

test.beforeAll(async () => {
  const scene = await ServerAndComputers.open(opened);
  ({ computers, server } = scene);
  help = new HelpPage(await scene.launchOwn('laptop', 'Laptop'));
  store = await scene.launchOwn('store', 'Store 014');
});
test.afterAll(() => opened.close());

/** What a stranger must not change: the servers that the laptop helps, and the places that each reaches. */
async function helped() {
  const { servers = [] } = (await help.laptop.state()).offer ?? {};
  return servers.map(({ id, words, relayed, report }) => ({
    id,
    words,
    name: report?.serverName,
    places: relayed.map(({ to }) => to),
  }));
}

/** At most so many bytes are sent when the connections that a store had open come to their end. */
const bytesOfEnds = 500;
const bytesUp = () => help.bytesUp('Store 014');

const requests = () => server.control.requests().requests.length;

test.describe
  .serial('@kit @security strangers at the port of a laptop', () => {
    test('the recorded session of a store, sent to the laptop again, is refused and reaches nothing', async () => {
      const recording = await computers.record(usualPairingPort);
      await useLaptop(store, `${storeAddress}:${recording.port}`, await help.start());
      const userCode = await new Person(store, store.page).readUserCode();
      await server.control.authorizeCode({ userCode, device: 'Store 014' });
      await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
      expect(await store.call('license.check')).toMatchObject({ ok: true });
      await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'licensed');
      expect(readFileSync(recording.file).length).toBeGreaterThan(10_000);
      const nextCode = await help.code();
      const [before, asked, bytes] = [await helped(), requests(), await bytesUp()];

      const answers = await computers.replay(recording);

      // The laptop answers each with its half of a new handshake, which the recorded bytes cannot complete.
      const alerts = answers.map((answer) => answer.length);
      console.log(
        `${answers.length} connections replayed, each closed by the laptop: answers of ${alerts.join(', ')} bytes`,
      );
      expect(answers.length).toBeGreaterThanOrEqual(4);
      for (const answer of answers) {
        expect(answer.subarray(0, 3).toString('hex')).toBe('160303');
        expect(answer.toString('latin1')).not.toContain('HTTP');
      }
      expect(await helped()).toEqual(before);
      expect(requests()).toBe(asked);
      expect((await bytesUp()) - bytes).toBeLessThan(bytesOfEnds);
      expect(await help.code()).toBe(nextCode);
      // The store is still served.
      expect(await store.call('license.check')).toMatchObject({ ok: true });
    });

    test('hostile requests are refused, and an earlier proof proves nothing', async () => {
      const code = await help.code();
      const nearby = await computers.watchLaptop(Number(new URL(server.issuer).port));
      const discoveries = () => server.control.requests({ endpoint: 'discovery' }).requests.length;
      const [before, asked, discovered] = [await helped(), requests(), discoveries()];
      const bytes = await bytesUp();

      const { sent, notRefused, replayed, stillServed } = await computers.hostileStore(
        laptopAddress,
        code,
        server.issuer,
      );

      console.log(`${sent} hostile requests from the store to the laptop, ${notRefused.length} not refused`);
      expect(notRefused).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(40);
      expect(nearby.arrived).toBe(0);
      expect(requests() - asked).toBe(discoveries() - discovered);
      // The laptop answers the first message of any proof. The second one counts as a wrong code, since the code is another one.
      expect(replayed).toEqual([200, 403]);
      await expect(help.laptop.page.getByTestId('wrong-codes')).toContainText(storeAddress);
      expect(stillServed).toBe(true);
      expect(await helped()).toMatchObject([...before, { name: 'Hostile store', places: [] }]);
      expect((await bytesUp()) - bytes).toBeLessThan(bytesOfEnds);
      expect(await help.code(code)).toMatch(/^[A-Z]/);
      expect(await store.call('license.check')).toMatchObject({ ok: true });
    });
  });
