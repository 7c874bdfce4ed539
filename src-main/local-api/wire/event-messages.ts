import { z } from 'zod/mini';
import { instantSchema } from './instant.ts';

/** The events of `GET /v1/events`. `status` carries the answer of `GET /v1/license`, at once and after each change. */
export const eventNames = ['status', 'token_refreshed'] as const;
export type EventName = (typeof eventNames)[number];

/** The data of `token_refreshed`, sent when there is a new license token. `GET /v1/token` returns it. */
export const tokenRefreshedSchema = z.object({ expires_at: instantSchema });
export type TokenRefreshed = z.infer<typeof tokenRefreshedSchema>;
