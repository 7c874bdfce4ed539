/** The schema of each control operation's argument, checked when the operation is called over HTTP. */
import { z } from 'zod';
import { faultSchema } from '../faults/fault-plan.ts';
import { claimOverrideSchema } from '../records/claim-overrides.ts';
import { deviceKinds } from '../records/license-records.ts';
import { endpoints } from '../request-log.ts';
import { settingsSchema } from '../sandbox-settings.ts';

const nothing = z.strictObject({});
const oneDevice = z.strictObject({ device: z.string() });
const oneCode = z.strictObject({ userCode: z.string() });
const perhapsEndpoint = z.strictObject({ endpoint: z.enum(endpoints).optional() });

const licenseMembers = {
  name: z.string(),
  count: z.number().int().nonnegative(),
  expiresOn: z.string().optional(),
  timeZone: z.string().optional(),
  warningDays: z.number().optional(),
  tokenWarningSeconds: z.number().optional(),
  features: z.array(z.string()),
  isActive: z.boolean(),
};

const licenseChange = {
  id: z.string(),
  name: z.string().optional(),
  count: z.number().int().nonnegative().optional(),
  expiresOn: z.string().nullable().optional(),
  timeZone: z.string().nullable().optional(),
  warningDays: z.number().nullable().optional(),
  tokenWarningSeconds: z.number().nullable().optional(),
  features: z.array(z.string()).optional(),
  isActive: z.boolean().optional(),
};

const deviceMembers = {
  name: z.string(),
  kind: z.enum(deviceKinds),
  licenseId: z.string().optional(),
  url: z.string().optional(),
  hubId: z.string().optional(),
};

const deviceChange = {
  device: z.string(),
  name: z.string().optional(),
  kind: z.enum(deviceKinds).optional(),
  licenseId: z.string().nullable().optional(),
  url: z.string().nullable().optional(),
  hubId: z.string().nullable().optional(),
};

const owned = { id: z.string().optional(), organizationId: z.string() };

export const operationArguments = {
  settings: nothing,
  configure: settingsSchema.partial(),
  rotateKeys: z.strictObject({ keepOld: z.boolean() }),
  addFault: z.strictObject({
    endpoint: z.enum(endpoints),
    fault: faultSchema,
    times: z.number().int().positive().optional(),
  }),
  clearFaults: perhapsEndpoint,
  overrideClaims: claimOverrideSchema.extend({ device: z.string() }),
  clearClaimOverrides: oneDevice.partial(),
  authorizeCode: oneCode.extend({ device: z.string(), username: z.string().optional() }),
  denyCode: oneCode.extend({ description: z.string().optional(), error: z.string().optional() }),
  expireCode: oneCode,
  grantsOfDevice: oneDevice,
  openGrants: nothing,
  revokeDevice: oneDevice,
  requests: perhapsEndpoint,
  clearRequests: nothing,
  records: nothing,
  addOrganization: z.strictObject({ id: z.string().optional(), name: z.string() }),
  addLicense: z.strictObject({ ...owned, ...licenseMembers }),
  updateLicense: z.strictObject(licenseChange),
  addDevice: z.strictObject({ ...owned, ...deviceMembers }),
  updateDevice: z.strictObject(deviceChange),
  removeDevice: oneDevice,
  reset: nothing,
  stop: nothing,
  start: nothing,
} as const;

export type OperationName = keyof typeof operationArguments;
export type Arguments<Name extends OperationName> = z.infer<(typeof operationArguments)[Name]>;
