import { beforeEach, describe, expect, it } from 'vitest';
import { openSandbox } from '../open-sandbox.ts';
import { claimsOf } from '../sandbox-client.ts';
import { ScriptlessBrowser } from '../scriptless-browser.ts';

const { server, client } = await openSandbox();
let browser: ScriptlessBrowser;
beforeEach(() => {
  browser = new ScriptlessBrowser();
});

async function signIn(): Promise<void> {
  await browser.open(server.pagesUrl);
  await enterCredentials();
}

async function enterCredentials(): Promise<void> {
  browser.fill('User name', 'installer');
  browser.fill('Password', 'fusion-demo');
  await browser.press('Sign in');
}

async function openForm(): Promise<void> {
  await signIn();
  await browser.follow('Manage Fusion Coffee');
  await browser.follow('Authorize Device');
}

async function authorize(device: string, userCode: string): Promise<void> {
  browser.choose('Device', device);
  browser.fill('UserCode', userCode);
  await browser.press('Authorize');
}

describe('the Authorize Device page', () => {
  it('needs 9 actions with signing in, and 4 for the next device', async () => {
    await openForm();
    const first = await client.deviceCode();
    await authorize('Store 014', first.user_code);
    expect(browser.text).toContain(`Authorize Store 014 with code ${first.user_code} ?`);
    await browser.press('Confirm');
    expect(browser.text).toContain('Device authorized. Return to the License Console.');
    expect(browser.actions).toBe(9);
    expect(claimsOf(await client.poll(first))).toMatchObject({ server_name: 'Store 014', sub: 'installer' });

    const second = await client.deviceCode();
    await authorize('Store 015', second.user_code);
    await browser.press('Confirm');
    expect(browser.actions).toBe(9 + 4);
    expect(claimsOf(await client.poll(second))).toMatchObject({ server_name: 'Store 015' });
  });

  it('denies a request', async () => {
    await openForm();
    const code = await client.deviceCode();
    await authorize('Store 014', code.user_code);
    await browser.press('Deny');
    expect(browser.text).toContain('The request was denied.');
    expect((await client.poll(code)).json.error).toBe('access_denied');
  });

  it('shows a message for a code that is unknown, expired or used, and keeps the entries', async () => {
    await openForm();
    const expired = await client.deviceCode();
    await server.control.expireCode({ userCode: expired.user_code });
    const used = await client.deviceCode();
    await server.control.authorizeCode({ userCode: used.user_code, device: 'Store 015' });
    for (const code of ['123', expired.user_code, used.user_code]) {
      await authorize('Store 014', code);
      expect(browser.text).toContain('That code is not known or has expired.');
      expect(browser.value('UserCode')).toBe(code);
    }
    await browser.press('Authorize');
    expect(browser.html).toContain('<option value="store-014-8f0c2d17" selected>');
  });

  it('refuses the third server of a license with Count 2, with a message to the person and the console', async () => {
    await client.acquire('Cloud');
    await client.acquire('Store 014');
    await openForm();
    const code = await client.deviceCode();
    await authorize('Store 015', code.user_code);
    expect(browser.text).toContain('All 2 licenses of "RMS Servers" are in use.');
    expect((await client.poll(code)).json).toMatchObject({
      error: 'access_denied',
      error_description: 'all 2 licenses are in use',
    });
    // The same device again is free, and so is another once a place is free.
    const again = await client.deviceCode();
    await authorize('Store 014', again.user_code);
    await browser.press('Confirm');
    expect((await client.poll(again)).status).toBe(200);
    server.control.revokeDevice({ device: 'Cloud' });
    const next = await client.deviceCode();
    await authorize('Store 015', next.user_code);
    await browser.press('Confirm');
    expect((await client.poll(next)).status).toBe(200);
  });

  it('refuses if the last license was taken between Authorize and Confirm', async () => {
    server.control.updateLicense({ id: 'lic-rms-servers', count: 1 });
    await openForm();
    const code = await client.deviceCode();
    await authorize('Store 014', code.user_code);
    await client.acquire('Store 015');
    await browser.press('Confirm');
    expect(browser.text).toContain('The only license of "RMS Servers" is in use.');
    expect((await client.poll(code)).json.error_description).toBe('the only license is in use');
  });

  it('refuses an inactive license, and a device without a license', async () => {
    await signIn();
    await browser.follow('Manage Fusion Trial Kitchen');
    await browser.follow('Authorize Device');
    const code = await client.deviceCode();
    await authorize('Store 907 (no license)', code.user_code);
    expect(browser.text).toContain('Store 907 (no license) has no license.');
    await authorize('Store 906 (inactive license)', code.user_code);
    expect(browser.text).toContain('The license "Inactive Servers" is not active.');
    expect((await client.poll(code)).json.error_description).toBe('the license "Inactive Servers" is not active');
  });

  it('is filled in with the code of the link, before and after signing in', async () => {
    const first = await client.deviceCode();
    await browser.open(first.verification_uri_complete ?? '');
    await enterCredentials();
    expect(browser.text).toContain(`The code ${first.user_code} is ready.`);
    await browser.follow('Manage Fusion Coffee');
    await browser.follow('Authorize Device');
    expect(browser.value('UserCode')).toBe(first.user_code);

    const second = await client.deviceCode();
    await browser.open(second.verification_uri_complete ?? '');
    expect(browser.path).toBe('/organizations/fc-xmsqa1/authorize');
    expect(browser.value('UserCode')).toBe(second.user_code);
    await server.control.expireCode({ userCode: second.user_code });
    await browser.open(second.verification_uri);
    expect(browser.text).toContain(`The code ${second.user_code} is not known or has expired.`);
    expect(browser.value('UserCode')).toBe('');
  });
});

describe('the other pages of the sandbox', () => {
  it('refuse a wrong password with a message, and then go on to the requested page', async () => {
    await browser.open(`${server.issuer}/organizations/fc-xmsqa1`);
    expect(browser.path).toBe('/sign-in');
    browser.fill('User name', 'installer');
    browser.fill('Password', 'wrong');
    await browser.press('Sign in');
    expect(browser.text).toContain('The user name or the password is wrong.');
    expect(browser.status).toBe(401);
    browser.fill('Password', 'fusion-demo');
    await browser.press('Sign in');
    expect(browser.path).toBe('/organizations/fc-xmsqa1');
  });

  it('accept no form from another site', async () => {
    await signIn();
    const answer = await fetch(`${server.issuer}/organizations/new`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'X' }),
    });
    expect(answer.status).toBe(403);
    expect(server.control.records().organizations).toHaveLength(2);
  });

  it('contain and allow no script, and refuse to be framed', async () => {
    await signIn();
    expect(browser.html).not.toMatch(/<script|style=|\son\w+=/i);
    expect(browser.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(browser.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('show no organization to a person who does not manage it', async () => {
    await browser.open(`${server.issuer}/organizations/fc-trial7`);
    browser.fill('User name', 'owner');
    browser.fill('Password', 'fusion-owner');
    await browser.press('Sign in');
    expect(browser.status).toBe(404);
    await browser.open(server.pagesUrl);
    expect(browser.text).not.toContain('Fusion Trial Kitchen');
  });

  it('can renew a license, which the next refresh shows', async () => {
    const tokens = await client.acquire('Store 014');
    await signIn();
    await browser.follow('Manage Fusion Coffee');
    await browser.follow('Edit or renew RMS Servers');
    browser.fill('Expires on', 'soon');
    await browser.press('Save');
    expect(browser.text).toContain('Enter a date as year-month-day');
    browser.fill('Expires on', '2032-02-29');
    browser.fill('Licensed Features', 'xms, loyalty');
    await browser.press('Save');
    expect(browser.text).toContain('License RMS Servers saved.');
    expect(claimsOf(await client.refresh(tokens.refresh_token))).toMatchObject({
      license_renewal_date: '2032-02-29',
      features: ['xms', 'loyalty'],
    });
  });

  it('can remove a device and end an authorization, and then the next refresh fails', async () => {
    const [removed, ended] = [await client.acquire('Store 014'), await client.acquire('Store 015')];
    await signIn();
    await browser.follow('Manage Fusion Coffee');
    await browser.follow('Remove Store 014');
    await browser.press('Remove');
    await browser.follow('Edit Store 015');
    await browser.press('End authorization');
    for (const { refresh_token } of [removed, ended]) {
      expect((await client.refresh(refresh_token)).json.error).toBe('invalid_grant');
    }
  });

  it('can create an organization, a license and a device that can be authorized', async () => {
    await signIn();
    await browser.follow('Create New');
    browser.fill('Name', 'Bread & <Butter>');
    await browser.press('Create');
    expect(browser.text).toContain('Bread & <Butter>');
    await browser.follow('Add license');
    browser.fill('Name', 'Servers');
    await browser.press('Save');
    await browser.follow('Add device');
    browser.fill('Name', 'Shop');
    browser.choose('License', 'Servers');
    await browser.press('Save');
    await browser.follow('Authorize Device');
    const code = await client.deviceCode();
    await authorize('Shop', code.user_code);
    await browser.press('Confirm');
    expect(claimsOf(await client.poll(code))).toMatchObject({
      server_name: 'Shop',
      edition: 'store',
      license_name: 'Servers',
    });
  });

  it('can sign a person out', async () => {
    await signIn();
    await browser.press('Sign out');
    await browser.open(server.pagesUrl);
    expect(browser.path).toBe('/sign-in');
  });
});
