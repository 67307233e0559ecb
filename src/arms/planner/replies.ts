import { z } from 'zod';

/**
 * What the model is asked for. `prefault` forgives a field that was left out, yet the JSON Schema sent to the model still
 * lists it as required, as strict structured output demands.
 */
export const intentReply = z.object({
  requiredCapabilities: z.array(z.string()).prefault([]),
  constraints: z.array(z.string()).prefault([]),
  complexity: z.enum(['simple', 'medium', 'complex']),
  language: z.string().nullable().prefault(null),
  confidence: z.number().prefault(0.7),
});
export type IntentReply = z.output<typeof intentReply>;

export const planReply = z.object({
  steps: z.array(
    z.object({
      step: z.number().int(),
      action: z.string(),
      requiredArm: z.string(),
      acceptanceCriteria: z.array(z.string()),
      dependsOn: z.array(z.number().int()).prefault([]),
      estimatedDurationSeconds: z.number().prefault(10),
      execution: z
        .object({ actionType: z.enum(['shell', 'python', 'javascript', 'typescript']), command: z.string() })
        .nullable()
        .prefault(null),
    }),
  ),
  rationale: z.string().prefault(''),
  confidence: z.number().prefault(0.7),
  complexityScore: z.number().prefault(0.5),
});
export type PlanReply = z.output<typeof planReply>;
