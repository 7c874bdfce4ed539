/**
 * Replaces the parts of fastify in the bundle that this console does not use: the logger, the schema compilers and the
 * injection of requests. These parts would make up three quarters of fastify.
 */
export default function leftOut(): never {
  throw new Error('This part of fastify is left out');
}
