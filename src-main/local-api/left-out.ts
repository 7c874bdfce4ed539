/**
 * Stands in the bundle for the parts of fastify that this console does not use: its logger, its schema compilers and its
 * injection of requests. They would be three quarters of it.
 */
export default function leftOut(): never {
  throw new Error('This part of fastify is left out');
}
