import { z } from 'zod/mini';

/** `GET /v1/health`: the console runs. Says nothing about any license. */
export const healthAnswerSchema = z.object({ status: z.literal('ok'), version: z.string() });
export type HealthAnswer = z.infer<typeof healthAnswerSchema>;
