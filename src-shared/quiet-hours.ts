import { z } from 'zod/mini';

const localTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** Local times between which nothing is told that can wait: `HH:MM`, the second may be on the next day. */
export const quietHoursSchema = z.object({ on: z.boolean(), from: localTime, to: localTime });
export type QuietHours = Readonly<z.infer<typeof quietHoursSchema>>;
