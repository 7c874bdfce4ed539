import { expect, it } from 'vitest';
import { kindOfMachine, virtualMachine } from '../../../../../src-main/adapters/computer/virtual-machine.ts';

it.each<[string, string | null]>([
  ['VMware, Inc. VMware7,1', 'VMware'],
  ['innotek GmbH VirtualBox', 'VirtualBox'],
  ['Microsoft Corporation Virtual Machine', 'Hyper-V'],
  ['SystemManufacturer REG_SZ Microsoft Corporation\r\n SystemProductName REG_SZ Virtual Machine', 'Hyper-V'],
  ['QEMU Standard PC (Q35 + ICH9, 2009)', 'QEMU'],
  ['Amazon EC2 t3.micro', 'Amazon EC2'],
  ['Xen HVM domU', 'Xen'],
  ['Microsoft Corporation Surface Pro', null],
  ['Dell Inc. OptiPlex 7090', null],
  ['NCR Corporation RealPOS XR7', null],
  ['', null],
])('a computer whose firmware says %j is: %s', (names, kind) => {
  expect(kindOfMachine(names)).toBe(kind);
});

it('is unknown on a system that does not report its firmware', async () => {
  expect(await virtualMachine('freebsd')).toBeNull();
});
