/** The stages that a request to the Authorization server passes, in order. */
export const stages = [
  'network',
  'name',
  'proxy',
  'connection',
  'certificate',
  'portal',
  'authorization_server',
  'device_flow',
  'keys',
] as const;
export type Stage = (typeof stages)[number];

/** Who can fix what stopped a request, or what a check found. */
export type Fixer = 'store' | 'network' | 'authorization_server' | 'support';
