import type { JsonObject } from '../../contracts/json';
import type { NewArm } from '../../intake/arm-desk.port';
import { InvalidRequest } from '../http/invalid-request';
import type { DescribedCapability, RegisterArmDto } from './arm-request.dto';

const COST_TIER = 3;
const MAX_CONCURRENT = 10;

const missing = (field: string): InvalidRequest =>
  new InvalidRequest('body', [
    { type: 'missing', path: [field], message: `${field} is required`, input: null, constraint: 'required' },
  ]);

/** The arm that either form of registration means. What `capability` says counts before what stands beside it. */
export const toNewArm = ({ capability, ...flat }: RegisterArmDto): NewArm => {
  const said = { ...present(flat), ...present(capability ?? {}) };
  if (said.endpoint === undefined) throw missing(capability ? 'capability.endpoint' : 'endpoint');
  if (said.capabilities === undefined) throw missing(capability ? 'capability.capabilities' : 'capabilities');
  const described = said.capabilities.filter((one) => typeof one === 'object');
  const first = (field: keyof DescribedCapability): unknown =>
    described.map((one) => one[field]).find((value) => value !== undefined && value !== null);
  const latency = said.average_latency_ms ?? numberOf(first('avg_latency_ms'));
  return {
    id: flat.arm_id,
    name: said.name ?? flat.arm_id,
    description: said.description ?? sentenceOf(described),
    capabilities: [...new Set(said.capabilities.map((one) => (typeof one === 'string' ? one : one.capability_name)))],
    costTier: said.cost_tier ?? tierOf(first('cost_tier')) ?? COST_TIER,
    version: said.version ?? '',
    endpoint: said.endpoint,
    ...(said.health_check_endpoint !== undefined && { healthEndpoint: said.health_check_endpoint }),
    inputSchema: said.input_schema ?? schemaOf(first('input_schema')),
    outputSchema: said.output_schema ?? schemaOf(first('output_schema')),
    metadata: { ...said.metadata, ...(said.arm_type !== undefined && { arm_type: said.arm_type }) },
    maxConcurrent: said.max_concurrent ?? said.max_concurrent_tasks ?? MAX_CONCURRENT,
    averageLatencyMs: latency === undefined ? null : Math.round(latency),
  };
};

type Present<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };
const present = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined)) as Present<T>;

/** What is free JSON on the wire may be anything. */
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
const tierOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5 ? value : undefined;
const schemaOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
const sentenceOf = (described: readonly DescribedCapability[]): string =>
  described
    .map(({ description }) => description)
    .filter((text) => typeof text === 'string')
    .join(' ')
    .slice(0, 2_000);
