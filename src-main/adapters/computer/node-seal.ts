import { createHmac, randomBytes } from 'node:crypto';
import type { Seal } from '../../ports/seal.ts';

export const nodeSeal: Seal = {
  newKey: () => randomBytes(32).toString('base64url'),
  of: (key, text) => createHmac('sha256', Buffer.from(key, 'base64url')).update(text, 'utf8').digest('base64url'),
};
