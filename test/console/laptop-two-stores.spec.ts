import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportedServer } from '../../src-shared/servers/board.ts';
import { dates } from '../../src-shared/words/english/time-spans.ts';
import { reportedServer } from './board-rows.ts';
import type { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { Opened } from './opened.ts';
import { Person } from './person.ts';
import { enterLaptop, HelpPage, useLaptop } from './two-computers/help-page.ts';
import { ServerAndComputers } from './two-computers/server-and-computers.ts';
import { laptopAddress, secondStore } from './two-computers/store-and-laptop.ts';

const opened = new Opened();
let help: HelpPage;
let first: ConsoleApp;
let second: ConsoleApp;

test.beforeAll(async () => {
  const scene = await ServerAndComputers.open(opened, { hasSecondStore: true });
  help = new HelpPage(await scene.launchOwn('laptop', 'Laptop'));
  first = await scene.launchOwn('store', 'Store 014');
  second = await scene.launchOwn('secondStore', 'Store 015');
});
test.afterAll(() => opened.close());

const words = (store: ConsoleApp) => store.page.getByTestId('laptop-words');
const boardRow = (name: string) => help.laptop.page.locator('.board-row').filter({ hasText: name });
/** What the laptop keeps on its disk of the reports. */
function kept(): readonly ReportedServer[] {
  const text = readFileSync(join(help.laptop.userData, 'reported-servers.json'), 'utf8');
  return Object.values((JSON.parse(text) as { rows: Record<string, ReportedServer> }).rows);
}
const allServers = () => help.laptop.page.locator('.rail').getByRole('button', { name: 'All servers' });

test.describe
  .serial('@kit two stores at one laptop', () => {
    test('@security the code of another laptop is refused, and each code is for one store only', async () => {
      const code = await help.start();
      const other = new HelpPage(second);
      const otherCode = await other.start();
      await useLaptop(first, laptopAddress, otherCode);
      await expect(first.failure('pairing_code_wrong')).toBeVisible();
      await expect(help.laptop.page.getByTestId('wrong-codes')).toBeVisible();
      expect((await other.laptop.state()).offer?.servers).toEqual([]);
      await other.end();
      await other.laptop.button('License').click();

      await enterLaptop(first, laptopAddress, code);
      await expect(words(first)).toBeVisible();
      const nextCode = await help.code(code);
      await useLaptop(second, secondStore.laptop, code);
      await expect(second.failure('pairing_code_wrong')).toBeVisible();
      await enterLaptop(second, secondStore.laptop, nextCode);
      await expect(words(second)).toBeVisible();
      // Each store has words of its own, which the laptop shows in the row of that store.
      for (const [name, store] of [
        ['Store 014', first],
        ['Store 015', second],
      ] as const)
        await expect(help.row(name).getByTestId('helped-words')).toHaveText((await words(store).textContent()) ?? '');
      expect(await words(first).textContent()).not.toBe(await words(second).textContent());
    });

    test('both are licensed in the pane of the laptop, and each refreshes through it', async () => {
      const codes = [
        await new Person(first, first.page).readUserCode(),
        await new Person(second, second.page).readUserCode(),
      ] as const;
      // The second store is licensed first: the row decides, not the order.
      await help.authorize('Store 015').click();
      const person = new Person(help.laptop, await help.laptop.pane());
      await person.signIn();
      await person.chooseOrganization('Fusion Coffee');
      const userCode = person.pane.getByLabel('UserCode', { exact: true });
      await expect(userCode).toHaveValue(codes[1]);
      await person.chooseDevice('Store 015');
      await person.authorize(codes[1]);
      await help.isLicensed('Store 015', second, 'store-015-27be94a5');
      await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
      await help.authorize('Store 014').click();
      await expect(userCode).toHaveValue(codes[0]);
      await person.chooseDevice('Store 014');
      await person.authorize(codes[0]);
      await help.isLicensed('Store 014', first, 'store-014-8f0c2d17');

      for (const [name, other, store] of [
        ['Store 014', 'Store 015', first],
        ['Store 015', 'Store 014', second],
      ] as const) {
        const [before, ofOther] = [await help.bytesUp(name), await help.bytesUp(other)];
        expect(await store.call('license.check')).toMatchObject({ ok: true });
        await expect.poll(() => help.bytesUp(name)).toBeGreaterThan(before);
        expect(await help.bytesUp(other)).toBe(ofOther);
      }
    });

    test('both are on the board of the laptop, with what they reported', async () => {
      await allServers().click();
      for (const [name, serverId, store] of [
        ['Store 014', 'store-014-8f0c2d17', first],
        ['Store 015', 'store-015-27be94a5', second],
      ] as const) {
        await expect(boardRow(name)).toContainText('Fusion Coffee');
        await expect(boardRow(name)).toContainText(/Reported, as of \d\d:\d\d/);
        await expect(boardRow(name)).toContainText('Nothing to do');
        const { renewal, token } = (await store.state()).license?.evaluation ?? {};
        await expect(boardRow(name)).toContainText(dates.mediumDateTime(renewal?.endsAt ?? 0));
        await expect
          .poll(() => kept().find((row) => row.serverId === serverId))
          .toMatchObject({
            name,
            state: 'licensed',
            tokenExpiresAt: token?.expiresAt,
            renewalDate: { endsAt: renewal?.endsAt },
          });
      }
    });

    test('the end of the help ends both, and what they reported stays', async () => {
      await help.laptop.button('Help a server').click();
      await help.end();
      for (const store of [first, second]) {
        await expect(store.failure('pairing_ended')).toBeVisible();
        await expect(store.status).toHaveAttribute('data-license-status', 'licensed');
        expect(await store.call('license.check')).toMatchObject({ ok: false });
      }
      await allServers().click();
      await expect(boardRow('Store 014')).toContainText(/Reported, as of \d\d:\d\d/);
      // What the console keeps has the form of what the test of the board writes by hand.
      const form = Object.keys(reportedServer('r-1', 'Store 1', 1)).toSorted();
      expect(kept().map((row) => Object.keys(row).toSorted())).toEqual([form, form]);
    });
  });
