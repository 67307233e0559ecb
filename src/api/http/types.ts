import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** Fastify's types, taken from the adapter so that they are always those of the version Nest runs on. */
export type HttpRequest = Parameters<FastifyAdapter['getRequestHostname']>[0];
export type HttpReply = Parameters<FastifyAdapter['end']>[0];

/** The plain JSON that a DTO class describes: mappers build this, and never instances. */
export type Wire<T> = T extends (infer Item)[]
  ? Wire<Item>[]
  : T extends object
    ? { [Key in keyof T]: Wire<T[Key]> }
    : T;
