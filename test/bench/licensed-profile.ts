import type { AuthorizationServer } from '../authorization-server/authorization-server.ts';
import { launchConsole } from './launch-console.ts';

/** Makes a profile folder that holds a license, by licensing the real console once. */
export async function makeLicensedProfile(
  electron: string,
  app: string,
  server: AuthorizationServer,
  userData: string,
): Promise<void> {
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  const preset = [`--authorization-server=${server.issuer}`, '--edition=store', '--server-name=Store 014'];
  const console = await launchConsole(electron, app, userData, preset);
  const page = await console.firstWindow();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  const userCode = await page.getByTestId('user-code').textContent();
  await server.control.authorizeCode({ userCode: userCode ?? '', device: 'Store 014' });
  await page.getByTestId('field-serverId').waitFor();
  await console.close();
}
