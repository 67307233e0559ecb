import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/config.service';
import { ServiceFacts } from '../../common/service-facts';
import type { JsonObject } from '../../contracts/json';
import type { ServiceName } from '../../contracts/service';
import { ArmDesk } from '../../intake/arm-desk.port';
import type { Wire } from '../http/types';
import { VERSION } from '../http/version';
import type { ArmDto, CapabilitiesDto } from './arm-response.dto';
import { toArmDto } from './arm-response.mapper';

const LANGUAGES = ['python', 'javascript', 'typescript', 'go', 'rust', 'java'];
const DETECTIONS = [
  'ssn',
  'credit_card',
  'email',
  'phone',
  'ip_address',
  'api_key',
  'password',
  'database_connection',
  'sql_injection',
  'xss',
  'command_injection',
];

type Extras = Pick<
  Wire<CapabilitiesDto>,
  'allowed_commands' | 'tools' | 'supported_languages' | 'detection_types' | 'patterns_loaded' | 'cache_enabled'
>;

/** What each service says it can do. */
@Injectable()
export class Capabilities {
  constructor(
    private readonly desk: ArmDesk,
    private readonly config: AppConfig,
    private readonly facts: ServiceFacts,
  ) {}

  /** Of the service, as it is reached at `base`. */
  async of(service: ServiceName, base: string): Promise<Wire<CapabilitiesDto>> {
    if (service === 'orchestrator') return this.ofAll(base);
    const extras = await this.extrasOf(service);
    if (service === 'reflex') return { ...reflex(base), ...extras };
    return { ...toArmDto(await this.desk.get(service), base), ...extras };
  }

  private async ofAll(base: string): Promise<Wire<CapabilitiesDto>> {
    const arms = (await this.desk.list()).map((arm) => toArmDto(arm, base));
    const services = ['executor', 'coder', 'safety-guardian', 'reflex'] as const;
    const extras = await Promise.all(services.map((service) => this.extrasOf(service)));
    const capabilities = [...new Set(arms.flatMap((arm) => arm.capabilities))];
    return { arms, capabilities, ...(Object.assign({}, ...extras) as Extras) };
  }

  private async extrasOf(service: ServiceName): Promise<Extras> {
    switch (service) {
      case 'executor':
        return { allowed_commands: this.config.executorCommands, tools: await this.tools() };
      case 'coder':
        return { supported_languages: LANGUAGES };
      case 'safety-guardian':
        return { detection_types: DETECTIONS, patterns_loaded: await this.patternsOf(service) };
      case 'reflex':
        return { patterns_loaded: await this.patternsOf(service), cache_enabled: true };
      default:
        return {};
    }
  }

  private async tools(): Promise<JsonObject[]> {
    return ((await this.facts.of('executor'))['tools'] ?? []) as JsonObject[];
  }

  private async patternsOf(service: ServiceName): Promise<number> {
    return Number((await this.facts.of(service))['patterns_loaded'] ?? 0);
  }
}

/** The reflex layer is no arm a plan could name, and describes itself like one. */
const reflex = (base: string): Wire<ArmDto> => ({
  arm_id: 'reflex',
  name: 'Reflex layer',
  description: 'Screens text by rules alone, without a model: personal data, secrets, prompt injection.',
  capabilities: ['cache_lookup', 'pattern_matching', 'rate_limiting', 'pii_detection', 'injection_detection'],
  cost_tier: 1,
  endpoint: `${base}/reflex`,
  status: 'healthy',
  input_schema: {},
  output_schema: {},
  version: VERSION,
  max_concurrent: 100,
  max_concurrent_tasks: 100,
  health_check_endpoint: `${base}/reflex/health`,
  metadata: { version: VERSION, technology: 'TypeScript' },
  kind: 'built-in',
});
