import '../../../../fakes/without-electron.ts';
import { describe, expect, it } from 'vitest';
import { mayOpen } from '../../../../../src-main/adapters/desktop/system-browser.ts';

const allowed = [
  'auth.example',
  'auth.example:8443',
  '127.0.0.1:4000',
  'localhost:4000',
  '[::1]:4000',
  'other.example',
];

const schemes = [
  'javascript:alert(1)//auth.example',
  'data:text/html,<script>1</script>',
  'file:///etc/passwd',
  'file://auth.example/share/run.exe',
  'smb://auth.example/share',
  'ms-msdt:/id PCWDiagnostic',
  'ms-officecmd:{}',
  'search-ms:query=x&crumb=location:\\\\auth.example',
  'ms-settings:privacy',
  'vscode://auth.example/open',
  'ssh://auth.example',
  'telnet://auth.example',
  'ldap://auth.example/x',
  'ftp://auth.example/run.exe',
  'mailto:someone@auth.example?attach=/etc/passwd',
  'tel:+15551234',
  'blob:https://auth.example/1',
  'filesystem:https://auth.example/temporary/x',
  'view-source:https://auth.example/',
  'chrome://settings',
  'about:blank',
  'jar:https://auth.example!/x',
  'intent://auth.example#Intent;scheme=https;end',
  'fusion-console://app/index.html',
  'ws://auth.example',
  'wss://auth.example',
  'http://auth.example/',
  'HTTP://auth.example/',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
];

const addresses = [
  '',
  'auth.example',
  '//auth.example',
  '/etc/passwd',
  'C:\\Windows\\System32\\calc.exe',
  '\\\\auth.example\\share\\run.exe',
  'https://evil.example/',
  'https://auth.example.evil.example/',
  'https://evil.example/auth.example',
  'https://evil.example?auth.example',
  'https://evil.example#auth.example',
  'https://auth.example@evil.example/',
  'https://user@auth.example/',
  'https://user:password@auth.example/',
  'https://auth.example:8444/',
  'https://auth.example./',
  'https://xauth.example/',
  'https://auth-example/',
  'https://auth。example.evil.example/',
  'http://127.0.0.1:4001/',
  'http://127.0.0.2:4000/',
  'http://10.0.0.5:4000/',
];

describe('E3: addresses for the person’s browser', () => {
  it.each(schemes)(`%j, one of ${schemes.length} with hostile schemes, is not opened`, (url) => {
    expect(mayOpen(url, allowed)).toBe(false);
  });

  it.each(addresses)(`%j, one of ${addresses.length} hostile ones, is not opened`, (url) => {
    expect(mayOpen(url, allowed)).toBe(false);
  });

  it.each([
    'https://auth.example/',
    'https://AUTH.example/device?user_code=1#x',
    'https://auth.example:443/',
    'https://auth.example:8443/',
    'http://127.0.0.1:4000/device',
    'http://localhost:4000/device',
    'http://[::1]:4000/device',
  ])('%s is opened', (url) => {
    expect(mayOpen(url, allowed)).toBe(true);
  });

  it('none is opened if no host is allowed', () => {
    expect(mayOpen('https://auth.example/', [])).toBe(false);
  });
});
