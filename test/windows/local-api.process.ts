import { ApiClients } from '../../src-main/local-api/api-clients.ts';
import { apiLimits } from '../../src-main/local-api/api-limits.ts';
import { openApi } from '../../src-main/local-api/open-api.ts';
import { ElectronStoreDocuments } from '../../src-main/adapters/disk/electron-store-documents.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { HandTimer } from '../fakes/hand-timer.ts';
import { FakeServedLicense } from '../fakes/served-license.ts';
import { processArguments, say } from './own-process.ts';

/** The local license API of a console with this profile folder, which also stores its only client. */
const [folder = ''] = processArguments();
const served = new FakeServedLicense();
const clients = new ApiClients({
  documents: new ElectronStoreDocuments(folder, Date.now),
  now: Date.now,
  onLost: () => say('unreadable'),
  onWithheld: () => say('unreadable'),
});
if (clients.of(served.profileId).length === 0) {
  const created = clients.create(served.profileId, { name: 'Register', may: ['read'] });
  say(created.ok ? `secret ${created.value.secret}` : `failed ${created.failure.code}`);
}
const opened = await openApi(folder, {
  clients,
  onUsed: () => {},
  served: (id) => (id === served.profileId ? served : null),
  version: '1.2.3',
  limits: apiLimits,
  timer: new HandTimer(new FakeClock()),
  onFault: (thrown) => say(`fault ${String(thrown)}`),
});
if (opened.ok) {
  const told = await opened.value.useTcp(null);
  say(told.ok ? `open ${opened.value.socket}` : `untold ${told.failure.code}`);
} else say(`failed ${opened.failure.code} ${opened.failure.detail ?? ''}`);
