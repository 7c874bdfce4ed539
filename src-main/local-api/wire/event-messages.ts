import { z } from 'zod/mini';
import { instantSchema } from './instant.ts';

/** The events of `GET /v1/events`. `status`: data is what `GET /v1/license` answers, at once and after each change. */
export const eventNames = ['status', 'token_refreshed'] as const;
export type EventName = (typeof eventNames)[number];

/** The data of `token_refreshed`: another license token is held, which `GET /v1/token` answers. */
export const tokenRefreshedSchema = z.object({ expires_at: instantSchema });
export type TokenRefreshed = z.infer<typeof tokenRefreshedSchema>;
