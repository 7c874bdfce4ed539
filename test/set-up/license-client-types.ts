import { z } from 'zod/mini';
import { editionSchema, hubSchema, instantSchema } from '../../src-main/license/license-members.ts';
import { endpoints } from '../../src-main/local-api/wire/endpoints.ts';
import { failureSchema } from '../../src-main/local-api/wire/license-answer.ts';
import { peerReasonSchema, peerSchema } from '../../src-main/local-api/wire/verify-messages.ts';

/** The types of the answers, by the names that programs know them by. */
const named: Readonly<Record<string, z.ZodMiniType>> = {
  Instant: instantSchema,
  ServerEdition: editionSchema,
  HubAnswer: hubSchema,
  FailureAnswer: failureSchema,
  LicenseAnswer: endpoints.license.answer,
  TokenAnswer: endpoints.token.answer,
  ProofAnswer: endpoints.proof.answer,
  PeerReason: peerReasonSchema,
  PeerAnswer: peerSchema,
  VerifyAnswer: endpoints.verify.answer,
  KeySetAnswer: endpoints.jwks.answer,
  HealthAnswer: endpoints.health.answer,
};
type Schema = z.core.JSONSchema.BaseSchema;

/** The declarations of {@link named}, made from the schemas of the local license API, with their descriptions as comments. */
export function licenseClientTypes(): string {
  // A schema also has its title where it is optional or has another description.
  for (const [title, answer] of Object.entries(named))
    z.globalRegistry.add(answer, { ...z.globalRegistry.get(answer), title });
  return Object.entries(named)
    .map(([name, answer]) => {
      const schema: Schema = z.toJSONSchema(answer, { io: 'input' });
      return `${comment(schema.description, '')}export type ${name} = ${shapeOf(schema, '')};\n`;
    })
    .join('\n');
}

function typeOf(schema: Schema, indent: string): string {
  return schema.title ?? shapeOf(schema, indent);
}

function shapeOf(schema: Schema, indent: string): string {
  const { type, anyOf, oneOf } = schema;
  const options = anyOf ?? oneOf;
  if (options)
    return partsOf(options)
      .map((option) => `\n${commentAt(option, indent)}${indent}| ${typeOf(option, indent)}`)
      .join('');
  if (schema.const !== undefined) return quoted(schema.const);
  if (schema.enum) return schema.enum.map(quoted).join(' | ');
  if (type === 'array') {
    const [element = {}] = partsOf([schema.items]);
    return `readonly ${element.enum ? `(${typeOf(element, indent)})` : typeOf(element, indent)}[]`;
  }
  if (type === 'object') return membersOf(schema, indent);
  if (type === 'string' || type === 'number' || type === 'boolean') return type;
  throw new Error(`There is no declaration yet for this part of an answer: ${JSON.stringify(schema)}`);
}

function membersOf({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, member]) => {
    const [schema = {}] = partsOf([member]);
    const optional = required.includes(name) ? '' : '?';
    return `${commentAt(schema, inner)}${inner}readonly ${name}${optional}: ${typeOf(schema, inner)};\n`;
  });
  const others = additionalProperties ? `${inner}readonly [member: string]: unknown;\n` : '';
  return `{\n${members.join('')}${others}${indent}}`;
}

/** JSON Schema also allows `true` and `false` as schemas. No answer has one. */
function partsOf(schemas: readonly unknown[]): readonly Schema[] {
  return schemas.filter((schema): schema is Schema => typeof schema === 'object' && schema !== null);
}

/** The comment where a schema is used, unless that is the comment of its own declaration. */
function commentAt({ title, description }: Schema, indent: string): string {
  const own = title === undefined ? undefined : z.globalRegistry.get(named[title] as z.ZodMiniType)?.description;
  return comment(description === own ? undefined : description, indent);
}

function comment(text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}/** ${text} */\n`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
