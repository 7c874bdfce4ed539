import { z } from 'zod/mini';

const localTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** Local times (`HH:MM`) between which alerts that can wait are held back. If `to` is earlier than `from`, it is on the next day. */
export const quietHoursSchema = z.object({ on: z.boolean(), from: localTime, to: localTime });
export type QuietHours = Readonly<z.infer<typeof quietHoursSchema>>;
