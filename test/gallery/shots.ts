import type { Page } from '@playwright/test';
import type { IpcEvent } from '../../src-shared/window/ipc-contract.ts';
import { failure } from '../../src-shared/result.ts';
import { consoleStates } from './console-states.ts';
import { pairingRefusals } from './pairings.ts';

/** One picture of a screen: a state of the console, the actions there, and the conditions of the picture. */
export interface Shot {
  readonly name: string;
  readonly state: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  readonly forcedColors?: boolean;
  readonly print?: boolean;
  /** The actions lead to a page whose primary button is the next action. */
  readonly isNextAction?: true;
  readonly act?: (page: Page) => Promise<void>;
}

/** What a window of 1366x768 leaves for its page. */
export const common = { width: 1366, height: 700 };
/** What a window of 1920x1080 leaves for its page. */
export const large = { width: 1920, height: 1010 };
const zoomed = { width: 683, height: 350 };
const tiny = { width: 480, height: 280 };
/** The ways in which a screen is looked at, apart from the usual window. */
const looks = {
  large: { size: large },
  zoomed: { size: zoomed },
  tiny: { size: tiny },
  dark: { dark: true },
  forced: { forcedColors: true },
} as const;

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
const showing =
  (name: string, awaited: string, end = false) =>
  async (page: Page) => {
    await press(name)(page);
    await page.locator(awaited).first().waitFor();
    if (end) await page.locator('.page').evaluate((element) => element.scrollTo(0, element.scrollHeight));
  };
const filtered = (filter: string) => async (page: Page) => {
  await history(page);
  await page.getByRole('radio', { name: filter }).check();
};
const exported = async (page: Page) => {
  await history(page);
  await press('Export as CSV')(page);
  await page.locator('.toast, .notice').last().waitFor();
};
const history = showing('History', '.history-table, .page-body > .lede');
const historyShots: readonly Shot[] = [
  { name: 'history', state: 'licensed', act: history },
  { name: 'history-off', state: 'history-was-off', act: history },
  { name: 'history-calm', state: 'history-calm', act: history },
  { name: 'history-empty', state: 'not-licensed', act: history },
  { name: 'history-end', state: 'licensed', act: showing('History', '.history-table', true) },
  { name: 'history-problems', state: 'licensed', act: filtered('Problems') },
  { name: 'history-exported', state: 'licensed', act: exported },
  { name: 'history-not-exported', state: 'history-not-written', act: exported },
  { name: 'large-history', state: 'licensed', size: large, act: history },
  { name: 'small-history', state: 'licensed', size: { width: 960, height: 560 }, act: history },
  { name: 'zoomed-history', state: 'licensed', size: zoomed, act: history },
  { name: 'tiny-history', state: 'licensed', size: { width: 480, height: 280 }, act: history },
  {
    name: 'tiny-history-end',
    state: 'licensed',
    size: { width: 480, height: 280 },
    act: showing('History', '.history-table', true),
  },
  { name: 'dark-history', state: 'licensed', dark: true, act: history },
  { name: 'forced-history', state: 'licensed', forcedColors: true, act: history },
];
const registers = showing('Registers & servers', '.registers-card');
const registersAnd = (act: (page: Page) => Promise<void>) => async (page: Page) => {
  await registers(page);
  await act(page);
};
const searched = (search: string) => registersAnd((page) => page.getByRole('searchbox').fill(search));
const inView = (selector: string) =>
  registersAnd((page) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.scrollIntoView()),
  );
const detailed = registersAnd(async (page) => {
  const row = page.locator('.peer').filter({ hasText: 'Register 8' });
  await row.getByRole('button', { name: /^Details/ }).click();
  await row.evaluate((element) => element.scrollIntoView());
});
const dialogShown = (page: Page) => page.getByRole('dialog').waitFor();
const creating = registersAnd(async (page) => {
  await press('Create client…')(page);
  await dialogShown(page);
});
const revoking = registersAnd(press('Revoke… POS server'));
const serversCard = async (page: Page) => {
  await showing('Settings', '.server-row')(page);
  await page.locator('#servers-heading').evaluate((element) => element.scrollIntoView());
};
const serversAnd = (name: string) => async (page: Page) => {
  await serversCard(page);
  await press(name)(page);
  await dialogShown(page);
};
const serversShots: readonly Shot[] = [
  { name: 'servers', state: 'many-servers', act: serversCard },
  { name: 'servers-one', state: 'licensed', act: serversCard },
  { name: 'servers-add', state: 'many-servers', act: serversAnd('Add another server') },
  { name: 'servers-edit', state: 'many-servers', act: serversAnd('Edit… Store 015') },
  { name: 'servers-rename', state: 'many-servers', act: serversAnd('Rename… Store 014') },
  { name: 'servers-forget', state: 'many-servers', act: serversAnd('Forget… Store 015') },
  { name: 'servers-forget-licensed', state: 'many-servers', act: serversAnd('Forget… Store 014') },
  ...(['servers', 'servers-add', 'servers-forget-licensed'] as const).flatMap((name): Shot[] => {
    const act =
      name === 'servers'
        ? serversCard
        : serversAnd(name === 'servers-add' ? 'Add another server' : 'Forget… Store 014');
    return [
      { name: `zoomed-${name}`, state: 'many-servers', size: zoomed, act },
      { name: `small-${name}`, state: 'many-servers', size: { width: 960, height: 560 }, act },
      { name: `forced-${name}`, state: 'many-servers', forcedColors: true, act },
      { name: `dark-${name}`, state: 'many-servers', dark: true, act },
    ];
  }),
];
const board = showing('All servers', '.board-row');
const boardAnd = (act: (page: Page) => Promise<void>) => async (page: Page) => {
  await board(page);
  await act(page);
};
const boardDetails = boardAnd(async (page) => {
  await page.getByRole('searchbox').fill('Store 014');
  const row = page.locator('.board-row').filter({ hasText: 'Store 014' });
  await row.getByRole('button', { name: /^Details/ }).click();
  await row.evaluate((element) => element.scrollIntoView());
});
const boardDialog = (name: string) => async (page: Page) => {
  await boardDetails(page);
  await press(name)(page);
  await dialogShown(page);
};
const reportedDetails = boardAnd(async (page) => {
  await page.getByRole('searchbox').fill('Store 032');
  await page.getByRole('button', { name: /^Details/ }).click();
});
const boardTree = boardAnd((page) => page.getByRole('radio', { name: 'Hub servers' }).check());
const boardShots: readonly Shot[] = [
  { name: 'board', state: 'many-servers', act: board },
  { name: 'board-one', state: 'licensed', act: board },
  { name: 'board-details', state: 'many-servers', act: boardDetails },
  { name: 'board-tree', state: 'many-servers', act: boardTree },
  { name: 'board-groups', state: 'many-servers', act: boardAnd((page) => page.getByLabel('Group by').check()) },
  {
    name: 'board-none',
    state: 'many-servers',
    act: boardAnd((page) => page.getByRole('searchbox').fill('store 99')),
  },
  { name: 'board-empty', state: 'first-run', act: showing('All servers', '.registers-none') },
  { name: 'board-500', state: 'many-servers-500', act: board },
  {
    name: 'board-needs-action',
    state: 'many-servers',
    act: boardAnd((page) => page.getByRole('radio', { name: /^Needs action/ }).check()),
  },
  {
    name: 'board-archived',
    state: 'many-servers',
    act: boardAnd((page) => page.getByRole('radio', { name: /^Archived/ }).check()),
  },
  { name: 'board-reported-details', state: 'many-servers', act: reportedDetails },
  {
    name: 'board-forget-reported',
    state: 'many-servers',
    act: async (page) => {
      await reportedDetails(page);
      await press('Forget…')(page);
      await dialogShown(page);
    },
  },
  { name: 'board-rename', state: 'many-servers', act: boardDialog('Rename…') },
  { name: 'board-forget', state: 'many-servers', act: boardDialog('Forget…') },
  { name: 'board-add', state: 'many-servers', act: boardAnd(press('Add another server')) },
  { name: 'board-exported', state: 'many-servers', act: boardAnd(showing('Export as CSV', '.toast')) },
  { name: 'board-note', state: 'many-servers', act: boardDialog('Note…') },
  { name: 'board-archive', state: 'many-servers', act: boardDialog('Archive…') },
  ...Object.entries(looks).flatMap(([look, how]): Shot[] => [
    { name: `${look}-board`, state: 'many-servers', ...how, act: board },
    { name: `${look}-board-details`, state: 'many-servers', ...how, act: boardDetails },
    { name: `${look}-board-tree`, state: 'many-servers', ...how, act: boardTree },
  ]),
];
const registersShots: readonly Shot[] = [
  ...Object.keys(consoleStates)
    .filter((state) => state.startsWith('registers-'))
    .flatMap((state): Shot[] => [
      { name: state, state, act: registers },
      { name: `${state}-end`, state, act: showing('Registers & servers', '.registers-card', true) },
    ]),
  { name: 'registers', state: 'licensed', act: registers },
  { name: 'registers-api', state: 'licensed', act: inView('.api-card') },
  { name: 'registers-api-port', state: 'registers-nobody', act: inView('.api-card') },
  { name: 'registers-port-taken-api', state: 'registers-port-taken', act: inView('.api-card') },
  { name: 'registers-end', state: 'licensed', act: showing('Registers & servers', '.registers-card', true) },
  { name: 'registers-search', state: 'licensed', act: searched('register 3') },
  { name: 'registers-search-reason', state: 'licensed', act: searched('tea') },
  { name: 'registers-search-none', state: 'licensed', act: searched('register 99') },
  {
    name: 'registers-refused',
    state: 'licensed',
    act: registersAnd((page) => page.getByRole('radio', { name: /^Refused/ }).check()),
  },
  { name: 'registers-details', state: 'licensed', act: detailed },
  { name: 'registers-creation', state: 'licensed', act: creating },
  {
    name: 'registers-creation-empty',
    state: 'licensed',
    act: async (page) => {
      await creating(page);
      await press('Create')(page);
    },
  },
  { name: 'registers-revocation', state: 'licensed', act: revoking },
  ...Object.entries(looks).flatMap(([look, how]): Shot[] => [
    { name: `${look}-registers`, state: 'licensed', ...how, act: registers },
    { name: `${look}-registers-api`, state: 'registers-nobody', ...how, act: inView('.api-card') },
    { name: `${look}-registers-details`, state: 'licensed', ...how, act: detailed },
    { name: `${look}-secret`, state: 'secret-warned', ...how, act: dialogShown },
    {
      name: `${look}-registers-end`,
      state: 'licensed',
      ...how,
      act: showing('Registers & servers', '.registers-card', true),
    },
  ]),
  { name: 'registers-help', state: 'licensed', act: registersAnd(press('A register is refused: what to do')) },
];
const helpSearched = (search: string) => async (page: Page) => {
  await showing('Help', '.card')(page);
  await page.getByRole('searchbox').fill(search);
};
const checked = async (page: Page) => {
  await showing('Help', '.card')(page);
  await page.getByText(/^Everything else/).click();
  await page.locator('.preflight-row').last().scrollIntoViewIfNeeded();
};
const diagnostics = async (page: Page) => {
  await showing('Help', '.card')(page);
  await page.getByRole('button', { name: 'Save diagnostics…' }).first().click();
  await page.getByRole('dialog').locator('progress, .diagnostics-block, .notice').first().waitFor();
};
const diagnosticsNotSaved = async (page: Page) => {
  await diagnostics(page);
  await press('Save…')(page);
  await page.getByRole('dialog').locator('.notice').waitFor();
};
const diagnosticsShots: readonly Shot[] = [
  ...['diagnostics-collecting', 'diagnostics-failed', 'diagnostics-collected'].map(
    (state): Shot => ({ name: `${state}-dialog`, state, act: diagnostics }),
  ),
  { name: 'diagnostics-not-saved', state: 'diagnostics-collected', act: diagnosticsNotSaved },
  ...Object.entries(looks).map(
    ([look, how]): Shot => ({ name: `${look}-diagnostics`, state: 'diagnostics-collected', ...how, act: diagnostics }),
  ),
  { name: 'dark-large-diagnostics', state: 'diagnostics-collected', dark: true, size: large, act: diagnostics },
];
const setClock = async (page: Page) => {
  await showing('Help', '.card')(page);
  await page.getByRole('button', { name: 'Set the Clock' }).scrollIntoViewIfNeeded();
};
const clockSet = async (page: Page) => {
  await setClock(page);
  await press('Set the Clock')(page);
  await page.locator('.form-outcome:not(:empty), [data-failure-code="time_service_refused"]').first().waitFor();
};
/** Sends an event to the page, as the main process does. */
const sent = (event: IpcEvent, value: unknown) => (page: Page) =>
  page.evaluate(
    ([name, content]) =>
      (globalThis as unknown as { sendToPage: (event: unknown, value: unknown) => void }).sendToPage(name, content),
    [event, value] as const,
  );
const finding = async (page: Page) => {
  await sent('menu.chosen', 'find')(page);
  await page.locator('.find-bar input').fill('Store');
};
const refusedDownload = async (page: Page) => {
  const facts = { file: 'setup.exe', reason: 'kind', mb: '25' };
  await sent('download.ended', { ok: false, failure: failure('download_refused', { facts }) })(page);
  await page.locator('.toast').waitFor();
};
const checkAddress = async (page: Page) => {
  await page.getByLabel("Authorization server's address").fill('shop.example.com');
  await page.getByRole('radio', { name: 'Store' }).check();
  await page.getByLabel('Server name').fill('Store 014');
  await page.getByRole('button', { name: 'Check and continue' }).click();
  await page.locator('[data-failure-code]').waitFor();
};

const askHeadOffice = showing('Ask head office…', '.message-text');
const offer = async (page: Page) => {
  const inRail = page.getByRole('button', { name: 'Help a server', exact: true });
  if ((await inRail.count()) === 0) {
    await showing('Help', '.card')(page);
    await press('Help a server get licensed')(page);
  } else await inRail.click();
  await page.locator('.pairing, .notice, .help-steps').first().waitFor();
};
const offerEnd = async (page: Page) => {
  await offer(page);
  await page.locator('.page').evaluate((element) => element.scrollTo(0, element.scrollHeight));
};
const useLaptop = async (page: Page) => {
  await press('Use a laptop')(page);
  await dialogShown(page);
};
const pairingShots: readonly Shot[] = [
  ...Object.keys(consoleStates)
    .filter((state) => state.startsWith('offer-'))
    .map((state): Shot => ({ name: state, state, act: offer })),
  { name: 'offer-rows-end', state: 'offer-rows', act: offerEnd },
  { name: 'use-laptop', state: 'not-licensed', act: useLaptop },
  {
    name: 'use-laptop-empty',
    state: 'not-licensed',
    act: async (page) => {
      await useLaptop(page);
      await press('Connect')(page);
    },
  },
  {
    name: 'use-laptop-connecting',
    state: 'laptop-connecting',
    act: async (page) => {
      await useLaptop(page);
      await page.getByLabel('Address', { exact: true }).fill('192.168.137.1');
      await page.getByLabel('Pairing code').fill('BCDFGHJK');
      await press('Connect')(page);
      await page.getByRole('dialog').locator('.step-live').waitFor();
    },
  },
  ...pairingRefusals.map(
    (code): Shot => ({
      name: `use-laptop-${code}`,
      state: 'not-licensed',
      act: async (page) => {
        await useLaptop(page);
        await page.getByLabel('Address', { exact: true }).fill('192.168.137.1');
        // The bridge of the gallery refuses with the typed code.
        await page.getByLabel('Pairing code').fill(code);
        await press('Connect')(page);
        await page.locator('[data-failure-code]').waitFor();
      },
    }),
  ),
  ...Object.entries(looks).flatMap(([look, how]): Shot[] => [
    { name: `${look}-offer-rows`, state: 'offer-rows', ...how, act: offer },
    { name: `${look}-offer-rows-end`, state: 'offer-rows', ...how, act: offerEnd },
    { name: `${look}-offer-authorizing`, state: 'offer-authorizing', ...how, act: offer },
    { name: `${look}-use-laptop`, state: 'not-licensed', ...how, act: useLaptop },
    { name: `${look}-laptop-awaiting`, state: 'laptop-awaiting', ...how },
  ]),
];

const everyState: Shot[] = Object.keys(consoleStates)
  // They differ only on a page or in a dialog.
  .filter((state) => !/^(registers|offer|diagnostics)-/.test(state))
  .map((state) => ({ name: state, state, ...(/^secret-|-question$/.test(state) ? { act: dialogShown } : {}) }));
const handover = showing('Handover sheet', '.sheet');
/** The paper sizes, in CSS pixels. */
const papers = { a4: { width: 794, height: 1123 }, letter: { width: 816, height: 1056 } };
const handoverShots: readonly Shot[] = [
  ...['handover', 'handover-checking', 'handover-long-names'].map(
    (state): Shot => ({ name: `${state}-sheet`, state, act: handover }),
  ),
  { name: 'handover-end', state: 'handover', act: showing('Handover sheet', '.sheet', true) },
  { name: 'large-handover', state: 'handover', size: large, act: handover },
  { name: 'zoomed-handover', state: 'handover-long-names', size: zoomed, act: handover },
  { name: 'dark-handover', state: 'handover', dark: true, act: showing('Handover sheet', '.sheet', true) },
  { name: 'forced-handover', state: 'handover', forcedColors: true, act: showing('Handover sheet', '.sheet', true) },
  { name: 'print-handover', state: 'handover', print: true, size: papers.a4, act: handover },
  { name: 'print-handover-long-names', state: 'handover-long-names', print: true, size: papers.letter, act: handover },
];

/** Every screen, at the sizes and in the colors that matter. */
export const shots: readonly Shot[] = [
  ...everyState,
  { name: 'first-run-refused', state: 'first-run', act: checkAddress, isNextAction: true },
  { name: 'first-run-empty', state: 'first-run', act: press('Check and continue'), isNextAction: true },
  { name: 'awaiting-qr', state: 'awaiting', act: showing('Use a phone', '.qr') },
  ...(
    ['head-office', 'dark-head-office', 'forced-head-office', 'zoomed-head-office', 'large-head-office'] as const
  ).map(
    (name): Shot => ({
      name,
      state: 'awaiting',
      ...(name === 'zoomed-head-office' ? { size: zoomed } : name === 'large-head-office' ? { size: large } : {}),
      dark: name === 'dark-head-office',
      forcedColors: name === 'forced-head-office',
      act: askHeadOffice,
    }),
  ),
  {
    name: 'head-office-phone',
    state: 'awaiting',
    act: async (page) => {
      await askHeadOffice(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Use a phone' }).click();
    },
  },
  { name: 'awaiting-check', state: 'awaiting', act: press('Complete Authorization') },
  { name: 'remove-dialog', state: 'licensed', act: press('Remove License…') },
  { name: 'removal-failed-dialog', state: 'removal-failed', act: press('Remove License…') },
  { name: 'settings', state: 'licensed', act: showing('Settings', '.card') },
  { name: 'settings-end', state: 'licensed', act: showing('Settings', '.card', true) },
  ...historyShots,
  ...registersShots,
  ...serversShots,
  ...boardShots,
  ...pairingShots,
  ...handoverShots,
  { name: 'marker-not-written-settings', state: 'marker-not-written', act: showing('Settings', '.card', true) },
  { name: 'keychain-full-help', state: 'keychain-full', act: showing('Help with the keychain', '.card') },
  { name: 'help', state: 'offline', act: showing('Help', '.card') },
  ...(['about', 'dark-about', 'zoomed-about', 'forced-about'] as const).map(
    (name): Shot => ({
      name,
      state: 'licensed',
      ...(name === 'zoomed-about' ? { size: zoomed } : {}),
      dark: name === 'dark-about',
      forcedColors: name === 'forced-about',
      act: async (page) => {
        await showing('Help', '.card')(page);
        await press('About this console')(page);
        await page.getByRole('dialog').locator('.field').first().waitFor();
      },
    }),
  ),
  ...(['expired', 'gremlins'] as const).flatMap((search): Shot[] => [
    { name: `help-search-${search}`, state: 'offline', act: helpSearched(search) },
    { name: `zoomed-help-search-${search}`, state: 'offline', size: zoomed, act: helpSearched(search) },
  ]),
  { name: 'before-next', state: 'before-next-wrong' },
  { name: 'large-before-next', state: 'before-next-wrong', size: large },
  { name: 'dark-before-next', state: 'before-next-wrong', dark: true },
  { name: 'zoomed-before-next', state: 'before-next-wrong', size: zoomed },
  { name: 'help-set-clock', state: 'clock-wrong', act: setClock },
  { name: 'dark-help-set-clock', state: 'clock-wrong', dark: true, act: setClock },
  { name: 'large-help-set-clock', state: 'clock-wrong', size: large, act: setClock },
  { name: 'help-clock-set', state: 'clock-wrong', act: clockSet },
  { name: 'help-clock-not-set', state: 'clock-wrong-refused', act: clockSet },
  { name: 'find-bar', state: 'choosing-device', act: finding },
  { name: 'download-refused', state: 'choosing-device', act: refusedDownload },
  { name: 'zoomed-download-refused', state: 'choosing-device', size: zoomed, act: refusedDownload },
  ...(['dark', 'forced', 'zoomed'] as const).flatMap((look): Shot[] =>
    ['first-run', 'another-device', 'two-servers-one-waits', 'pane-pop-up', 'laptop-unconfirmed'].map((state) => ({
      name: `${look}-${state}`,
      state,
      ...looks[look],
    })),
  ),
  { name: 'help-check', state: 'checked-computer', act: checked },
  { name: 'zoomed-help-check', state: 'checked-computer', size: zoomed, act: checked },
  { name: 'dark-help-check', state: 'checked-computer', dark: true, act: checked },
  ...diagnosticsShots,
  { name: 'help-end', state: 'offline', act: showing('Help', '.card', true) },
  ...['clock-unconfirmed', 'clock-unconfirmed-soon'].map(
    (state): Shot => ({ name: `large-${state}`, state, size: large }),
  ),
  ...['not-licensed', 'awaiting', 'licensed', 'expired', 'start-page-missing-awaiting'].flatMap((state): Shot[] => [
    { name: `large-${state}`, state, size: large },
    { name: `zoomed-${state}`, state, size: zoomed },
    { name: `dark-${state}`, state, dark: true },
    { name: `forced-${state}`, state, forcedColors: true },
  ]),
  ...['not-licensed', 'awaiting', 'licensed', 'token-expired', 'start-page-missing-awaiting'].map(
    (state): Shot => ({ name: `small-${state}`, state, size: { width: 960, height: 560 } }),
  ),
  ...['common', 'large'].flatMap((size): Shot[] => [
    {
      name: `banner-${size}-settings`,
      state: 'alerts-elsewhere',
      size: size === 'large' ? large : common,
      act: showing('Settings', '.card'),
    },
    {
      name: `banner-${size}-notifications`,
      state: 'notifications-refused',
      size: size === 'large' ? large : common,
      act: async (page) => {
        await showing('Settings', '.card')(page);
        await page.locator('#notifications-heading').scrollIntoViewIfNeeded();
        await page.locator('#notifications-heading').evaluate((element) => element.scrollIntoView());
      },
    },
  ]),
  {
    name: 'banner-whole',
    state: 'alerts-elsewhere',
    act: async (page) => {
      await showing('Help', '.card')(page);
      await press('2 more')(page);
    },
  },
  ...[common, large].map(
    (size): Shot => ({
      name: `banner-${size.width}-clock-unconfirmed`,
      state: 'clock-unconfirmed-elsewhere',
      size,
      act: showing('Help', '.card'),
    }),
  ),
  { name: 'banner-zoomed', state: 'alerts-elsewhere', size: zoomed, act: showing('Help', '.card') },
  { name: 'banner-dark', state: 'alerts-elsewhere', dark: true, act: showing('Help', '.card') },
  { name: 'banner-forced', state: 'alerts-elsewhere', forcedColors: true, act: showing('Help', '.card') },
  { name: 'zoomed-settings', state: 'licensed', size: zoomed, act: showing('Settings', '.card') },
  { name: 'dark-token-expires-soon', state: 'token-expires-soon', dark: true },
  ...(['saved', 'zoomed-saved'] as const).map(
    (name): Shot => ({
      name,
      state: 'licensed',
      ...(name === 'saved' ? {} : { size: zoomed }),
      act: async (page) => {
        await press('Save as PDF')(page);
        await page.locator('.toast, .notice').last().waitFor();
      },
    }),
  ),
  { name: 'print-licensed', state: 'licensed', print: true, size: { width: 794, height: 1123 } },
];
