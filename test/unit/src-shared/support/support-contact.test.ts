import { expect, it } from 'vitest';
import { isContact, linkOf } from '../../../../src-shared/support/support-contact.ts';

it('each member opens in the program for it', () => {
  const contact = { phone: '+49 (30) 123-456.7', email: 'help@fusion.example', url: 'https://help.example' };
  expect(linkOf(contact, 'phone')).toBe('tel:+49301234567');
  expect(linkOf(contact, 'email')).toBe('mailto:help@fusion.example');
  expect(linkOf(contact, 'url')).toBe('https://help.example');
  expect(linkOf({ name: 'Help desk' }, 'phone')).toBeNull();
});

it.each([
  ['https://help.example/', true],
  ['https://help.example:8443/a?b#c', true],
  ['mailto:help+stores@fusion-coffee.example', true],
  ['tel:+15550100', true],
  ['http://help.example/', false],
  ['http://127.0.0.1:4000/', false],
  ['https://user:password@help.example/', false],
  ['mailto:help@fusion.example?attach=/etc/passwd', false],
  ['mailto:help@fusion.example,other@fusion.example', false],
  ['mailto:help@fusion.example%0d%0abcc:x@y.example', false],
  ['tel:+15550100;ext=1', false],
  ['tel:', false],
  ['file:///etc/passwd', false],
  ['ms-settings:privacy', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s as a way to reach support: %s', (address, opens) => {
  expect(isContact(address)).toBe(opens);
});
