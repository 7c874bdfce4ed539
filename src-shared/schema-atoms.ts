import { z } from 'zod/mini';
import { type FailureCode, failureCodes } from './failure-codes.ts';

/** The last instant that a JavaScript `Date` can hold, in ms. The first one is as far before 1970. */
export const mostDateMs = 8_640_000_000_000_000;

/** A text of any length that a server or a person writes. */
export const text = z.string().check(z.maxLength(2000));
export const instant = z.number().check(z.gte(-mostDateMs), z.lte(mostDateMs));
export const instantSince1970 = z.number().check(z.gte(0), z.lte(mostDateMs));
export const failureCode = z.enum(failureCodes as [FailureCode, ...FailureCode[]]);
/** A member that may be absent, but not undefined. */
export const optional = z.exactOptional;

export type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };
