/** What a network card leads to: a network, virtual machines or containers of this computer, or a tunnel such as a VPN. */
export type CardKind = 'network' | 'machines' | 'tunnel';

/** Names that operating systems and products give such cards. A name that a person chose may contain them anywhere. */
const names: readonly (readonly [RegExp, CardKind])[] = [
  [/vpn|wireguard|wintun|tailscale|zerotier|nordlynx|mullvad|anyconnect|globalprotect|fortinet|fortissl/i, 'tunnel'],
  [/pulse ?secure|softether|hamachi|teredo|isatap|6to4|tap-windows/i, 'tunnel'],
  [/\b(?:u?tun|tap|wg|ppp|ipsec|gpd|cscotun)(?:[\d _-]|$)|\bzt[a-z\d]{8}/i, 'tunnel'],
  [/docker|podman|virbr|veth|vmnet|vmware|vbox|virtualbox|hyper-?v|wsl|parallels|flannel|cilium/i, 'machines'],
  [/\b(?:br-|cni|cali|lxc|lxd|incus|vnic\d)/i, 'machines'],
];

/** The first bytes of the MAC addresses that such cards have at the host. Windows may name these cards like any other. */
const makers: readonly (readonly [string, CardKind])[] = [
  // A tunnel without an Ethernet frame has no address of its own.
  ['00:00:00:00:00:00', 'tunnel'],
  // TAP-Windows, Cisco AnyConnect, Pulse Secure and GlobalProtect, Fortinet.
  ['00:ff:', 'tunnel'],
  ['00:05:9a:', 'tunnel'],
  ['02:50:41:', 'tunnel'],
  ['00:09:0f:', 'tunnel'],
  // VMware, VirtualBox, Hyper-V and WSL, Docker, Parallels.
  ['00:50:56:', 'machines'],
  ['0a:00:27:', 'machines'],
  ['00:15:5d:', 'machines'],
  ['02:42:', 'machines'],
  ['00:1c:42:', 'machines'],
];

/** The kind of a network card, as far as its name and its MAC address show. */
export function kindOfCard(name: string, mac: string): CardKind {
  const byName = names.find(([known]) => known.test(name));
  const byMaker = makers.find(([start]) => mac.toLowerCase().startsWith(start));
  return byName?.[1] ?? byMaker?.[1] ?? 'network';
}
