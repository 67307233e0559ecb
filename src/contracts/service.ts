/** The eight services whose routes this one server answers. */
export const SERVICES = [
  'orchestrator',
  'reflex',
  'planner',
  'executor',
  'retriever',
  'coder',
  'judge',
  'safety-guardian',
] as const;
export type ServiceName = (typeof SERVICES)[number];

const SYNONYMS = new Map<string, ServiceName>([
  ['guardian', 'safety-guardian'],
  ['safety', 'safety-guardian'],
  ['safety_guardian', 'safety-guardian'],
]);

/** The service a name means: its own, a synonym, or an instance such as `coder-001`. */
export const serviceNamed = (name: string): ServiceName | undefined =>
  SERVICES.find((service) => service === name) ??
  SYNONYMS.get(name) ??
  SERVICES.find((service) => new RegExp(`^${service}-\\d{3}$`).test(name));
