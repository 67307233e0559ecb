import { z } from 'zod';
import { armBase } from '../../common/arm-address';
import { compileSchema } from '../../common/json-schema/json-schema';
import { ARM_ID, type ArmDescription } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';

const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>;

const isUsable = async (schema: JsonObject): Promise<boolean> => {
  try {
    await compileSchema(schema);
    return true;
  } catch {
    return false;
  }
};
const jsonSchema = jsonObject.refine(isUsable, { error: 'is no JSON Schema that can be used' });

/** What an arm says of itself at `GET /capabilities`. */
const selfDescription = z.object({
  arm_id: z.string().regex(ARM_ID),
  name: z.string().min(1).max(120).optional(),
  description: z.string().max(2_000).default(''),
  version: z.string().max(40).default(''),
  capabilities: z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/))
    .min(1)
    .max(50),
  input_schema: jsonSchema.default({}),
  output_schema: jsonSchema.default({}),
  cost_tier: z.int().min(1).max(5).default(3),
  average_latency_ms: z.number().nonnegative().optional(),
  max_concurrent: z.int().min(1).max(1_000).optional(),
  max_concurrent_tasks: z.int().min(1).max(1_000).optional(),
  metadata: jsonObject.default({}),
});

/** An arm by its own words, or what is wrong with them. */
export const describeArm = async (endpoint: string, said: unknown): Promise<ArmDescription | { problem: string }> => {
  const read = await selfDescription.safeParseAsync(said);
  if (!read.success) return { problem: z.prettifyError(read.error) };
  const { arm_id: id, name, average_latency_ms: latency, ...rest } = read.data;
  const base = armBase(endpoint, 'ARM_REGISTRY');
  return {
    id,
    name: name ?? id,
    description: rest.description,
    version: rest.version,
    capabilities: [...new Set(rest.capabilities)],
    costTier: rest.cost_tier,
    endpoint: base,
    healthEndpoint: `${base}/health`,
    inputSchema: rest.input_schema,
    outputSchema: rest.output_schema,
    metadata: rest.metadata,
    maxConcurrent: rest.max_concurrent ?? rest.max_concurrent_tasks ?? 10,
    averageLatencyMs: latency === undefined ? null : Math.round(latency),
  };
};
