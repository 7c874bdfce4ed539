import { z } from 'zod/mini';

export const addressFileName = 'license-api.json';
export const socketFileName = 'license-api.sock';

/** Tells programs of the same account where the local license API listens. Exists only while it listens, next to the settings. */
export const addressFileSchema = z.object({
  version: z.literal(1),
  /** The path of the Unix domain socket, or the name of the pipe. */
  socket: z.string(),
  tcp: z.optional(z.object({ host: z.string(), port: z.number() })),
  /** The process that listens. */
  pid: z.number(),
});
export type AddressFile = z.infer<typeof addressFileSchema>;
