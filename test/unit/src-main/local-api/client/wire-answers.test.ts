import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod/mini';
import type * as client from '../../../../../src-main/local-api/client/wire-answers.ts';
import type { ProofToCheck, RequestToProve } from '../../../../../src-main/local-api/license-client.ts';
import type { endpoints, eventSchemas, HealthAnswer } from '../../../../../src-main/local-api/wire/endpoints.ts';
import type { licenseAnswerSchema } from '../../../../../src-main/local-api/wire/license-answer.ts';
import type {
  proofAnswerSchema,
  proofRequestSchema,
  tokenAnswerSchema,
} from '../../../../../src-main/local-api/wire/token-messages.ts';
import type {
  verifyAnswerSchema,
  verifyRequestSchema,
} from '../../../../../src-main/local-api/wire/verify-messages.ts';
import type { PeerReason } from '../../../../../src-shared/registers/peer-verdict.ts';

/** As in JSON: an optional member is present or absent, and never undefined. */
type Wire<T> = T extends readonly (infer Element)[]
  ? readonly Wire<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Wire<Exclude<T[Key], undefined>> }
    : T;
type Schema<T extends z.ZodMiniType> = Wire<z.infer<T>>;
type EventOf<Type extends client.LicenseEvent['type']> = Extract<client.LicenseEvent, { type: Type }>;

/** The compiler checks these: a member that differs anywhere is an error of `tsc`. */
describe('the types of the license client equal the schemas of the API', () => {
  it('for answers', () => {
    expectTypeOf<Wire<client.HealthAnswer>>().toEqualTypeOf<Wire<HealthAnswer>>();
    expectTypeOf<Wire<client.LicenseAnswer>>().toEqualTypeOf<Schema<typeof licenseAnswerSchema>>();
    expectTypeOf<Wire<client.TokenAnswer>>().toEqualTypeOf<Schema<typeof tokenAnswerSchema>>();
    expectTypeOf<Wire<client.ProofAnswer>>().toEqualTypeOf<Schema<typeof proofAnswerSchema>>();
    expectTypeOf<Wire<client.VerifyAnswer>>().toEqualTypeOf<Schema<typeof verifyAnswerSchema>>();
    expectTypeOf<Wire<client.KeySetAnswer>>().toEqualTypeOf<Schema<typeof endpoints.jwks.answer>>();
    expectTypeOf<client.PeerReason>().toEqualTypeOf<PeerReason>();
  });

  it('for requests', () => {
    expectTypeOf<{ readonly token: string; readonly proof?: Wire<ProofToCheck> }>().toEqualTypeOf<
      Schema<typeof verifyRequestSchema>
    >();
    expectTypeOf<Wire<RequestToProve>>().toEqualTypeOf<Schema<typeof proofRequestSchema>>();
  });

  it('for events', () => {
    expectTypeOf<client.LicenseEvent['type']>().toEqualTypeOf<keyof typeof eventSchemas>();
    expectTypeOf<Wire<EventOf<'status'>['license']>>().toEqualTypeOf<Schema<typeof licenseAnswerSchema>>();
    expectTypeOf<Wire<Omit<EventOf<'token_refreshed'>, 'type'>>>().toEqualTypeOf<
      Schema<typeof eventSchemas.token_refreshed>
    >();
  });
});
