import { readFile } from 'node:fs/promises';
import { programOutput, registryValues } from './program-output.ts';

/** The names by which the firmware of a virtual machine is known, and what people call it. */
const known: readonly (readonly [RegExp, string])[] = [
  [/vmware/i, 'VMware'],
  [/virtualbox|innotek/i, 'VirtualBox'],
  [/parallels/i, 'Parallels'],
  [/microsoft corporation.*virtual machine/is, 'Hyper-V'],
  [/amazon ec2/i, 'Amazon EC2'],
  [/google compute engine/i, 'Google Compute Engine'],
  [/\bxen\b/i, 'Xen'],
  [/qemu|\bkvm\b|ovirt|openstack/i, 'QEMU'],
];

/** The kind of virtual machine with these names in its firmware. Null if they are those of a real computer. */
export function kindOfMachine(names: string): string | null {
  return known.find(([pattern]) => pattern.test(names))?.[1] ?? null;
}

/** The kind of virtual machine that this computer is. Null if it is not one, or if the system does not report it. Never rejects. */
export async function virtualMachine(platform: NodeJS.Platform = process.platform): Promise<string | null> {
  if (platform === 'linux') {
    const names = await Promise.all(['sys_vendor', 'product_name'].map((name) => read(`/sys/class/dmi/id/${name}`)));
    return kindOfMachine(names.join(' '));
  }
  if (platform === 'win32') {
    return kindOfMachine(await registryValues(String.raw`HKLM\HARDWARE\DESCRIPTION\System\BIOS`));
  }
  if (platform === 'darwin') {
    const present = await programOutput('/usr/sbin/sysctl', ['-n', 'kern.hv_vmm_present']);
    return present.trim() === '1' ? 'macOS' : null;
  }
  return null;
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
