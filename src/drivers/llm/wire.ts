import { z } from 'zod';
import type { Deadline } from './deadline';
import { retryAfterSeconds } from './llm-errors';

const usageShape = z.object({ prompt_tokens: z.int().nonnegative(), completion_tokens: z.int().nonnegative() });
export type Usage = z.output<typeof usageShape>;
const usageField = usageShape.nullish().catch(undefined);

/** What is read of an answer; servers differ in the rest, and leave out or break even some of this. */
export const completionShape = z.object({
  model: z.string().min(1).optional().catch(undefined),
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: usageField,
});

export const chunkShape = z.object({
  model: z.string().min(1).optional().catch(undefined),
  choices: z
    .array(
      z.object({ delta: z.object({ content: z.string().nullish() }).nullish(), finish_reason: z.string().nullish() }),
    )
    .nullish(),
  usage: usageField,
});

export const embeddingsShape = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/** A model that may not enforce the format often wraps its JSON in a Markdown fence. */
export const withoutFence = (text: string): string =>
  /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;

/** Undefined for a vector without a direction. */
export const unitLength = (vector: number[]): Float32Array | undefined => {
  const length = Math.hypot(...vector);
  return length > 0 ? Float32Array.from(vector, (value) => value / length) : undefined;
};

/** A `fetch` that tells the client not to retry when the wait a server asks for is longer than the patience left. */
export const fetchWithin =
  (deadline: Deadline): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const wait = response.ok ? undefined : retryAfterSeconds(response.headers);
    if (wait === undefined || wait * 1000 < deadline.remainingMs) return response;
    const headers = new Headers(response.headers);
    headers.set('x-should-retry', 'false');
    return new Response(response.body, { status: response.status, headers });
  };
