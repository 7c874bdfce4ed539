import { z } from 'zod/mini';
import { type Endpoint, endpoints, eventSchemas } from './wire/endpoints.ts';
import { type ProblemCode, problemSchema, problemStatuses, problemType } from './wire/problem.ts';

/** Problems that every request can get. */
const problemsOfAll: readonly ProblemCode[] = [
  'malformed_request',
  'origin_refused',
  'host_refused',
  'header_too_large',
  'internal_error',
];
const problemsOfBodies: readonly ProblemCode[] = ['malformed_body', 'body_too_large', 'unsupported_media_type'];
const problemsOfClients: readonly ProblemCode[] = ['unauthorized', 'forbidden'];

/** The OpenAPI 3.1 document of the local license API, built from the same schemas as its types and its validation. */
export function openApiDocument(version: string): Record<string, unknown> {
  const all: readonly (readonly [string, Endpoint])[] = Object.entries(endpoints);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Fusion License Console: local license API',
      version,
      description:
        'For the POS server and other programs on this computer. It listens on a Unix domain socket or a named pipe, and on loopback TCP if that is switched on; license-api.json in the folder of the settings says where.',
    },
    servers: [{ url: 'http://localhost' }],
    paths: Object.fromEntries(
      all.map(([name, endpoint]) => [endpoint.path, { [endpoint.method.toLowerCase()]: operation(name, endpoint) }]),
    ),
    components: {
      schemas: { problem: schemaOf(problemSchema), ...eventDataSchemas() },
      securitySchemes: {
        client: {
          type: 'http',
          scheme: 'bearer',
          description: 'The secret of a client, which the console showed once.',
        },
      },
    },
  };
}

function operation(name: string, endpoint: Endpoint): Record<string, unknown> {
  const { access, request, answer, summary } = endpoint;
  return {
    operationId: name,
    summary,
    ...(access === 'open' ? { security: [] } : { security: [{ client: [] }] }),
    ...(access === 'open' || access === 'any_client' ? {} : { 'x-permission': access }),
    ...(request ? { requestBody: { required: true, content: json(schemaOf(request)) } } : {}),
    responses: { 200: { description: 'Done', content: contentOf(answer) }, ...problemsOf(endpoint) },
  };
}

function contentOf(answer: Endpoint['answer']): Record<string, unknown> {
  if (answer === 'openapi_document') return json({ type: 'object' });
  if (answer === 'event_stream')
    return { 'text/event-stream': { schema: { type: 'string' }, 'x-events': eventReferences() } };
  return json(schemaOf(answer));
}

/** One response per status, with all the codes that share it. */
function problemsOf({ access, request, problems }: Endpoint): Record<string, unknown> {
  const codes = [
    ...problemsOfAll,
    ...(request ? problemsOfBodies : []),
    ...(access === 'open' ? [] : problemsOfClients),
    ...problems,
  ];
  const statuses = [...new Set(codes.map((code) => problemStatuses[code]))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes.filter((code) => problemStatuses[code] === status).join(', '),
        content: { [problemType]: { schema: { $ref: '#/components/schemas/problem' } } },
      },
    ]),
  );
}

function eventDataSchemas(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(eventSchemas).map(([name, schema]) => [`event_${name}`, schemaOf(schema)]));
}

function eventReferences(): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(eventSchemas).map((name) => [name, { $ref: `#/components/schemas/event_${name}` }]),
  );
}

/** Clients must accept unknown members: `io: 'input'` allows additional properties unless the schema is strict. */
function schemaOf(schema: z.ZodMiniType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // Redundant with the format, and a thousand characters long.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return rest;
}

function json(schema: Record<string, unknown>): Record<string, unknown> {
  return { 'application/json': { schema } };
}
