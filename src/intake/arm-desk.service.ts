import { Injectable } from '@nestjs/common';
import { armBase, armBases, armUrl } from '../common/arm-address';
import { AppConfig } from '../common/config/config.service';
import { UserError } from '../common/errors';
import { compileSchema } from '../common/json-schema/json-schema';
import { ARM_ID, type ArmRecord, BUILT_IN, REMOTE } from '../contracts/arm';
import type { JsonObject } from '../contracts/json';
import { ArmRegistry } from '../dispatch/arm-registry.service';
import { ArmRoster } from '../dispatch/arm-roster.service';
import { ArmDesk, type NewArm } from './arm-desk.port';

@Injectable()
export class RosterArmDesk extends ArmDesk {
  constructor(
    private readonly roster: ArmRoster,
    private readonly registry: ArmRegistry,
    private readonly config: AppConfig,
  ) {
    super();
  }

  list(): Promise<ArmRecord[]> {
    return this.roster.list();
  }

  async get(id: string): Promise<ArmRecord> {
    const arm = (await this.roster.list()).find((one) => one.id === id);
    if (arm !== undefined) return arm;
    // What is no id is not repeated: it may be anything.
    const named = ARM_ID.test(id) ? `Arm ${id}` : 'An arm with this id';
    throw new UserError('resource_not_found', `${named} was not found; GET /arms lists those there are.`);
  }

  async register({ healthEndpoint, ...given }: NewArm): Promise<{ isNew: boolean; arm: ArmRecord }> {
    const endpoint = armBase(given.endpoint, 'endpoint');
    const health = healthAddress(endpoint, healthEndpoint);
    await checkSchema('input_schema', given.inputSchema);
    await checkSchema('output_schema', given.outputSchema);
    const { isNew } = await this.roster.enrol(REMOTE, { ...given, endpoint, healthEndpoint: health });
    const kind = this.registry.kinds().find(({ name }) => name === REMOTE);
    // A process that runs no arms may not be where they can be reached from; a worker asks with its next round.
    if (this.config.values.OCTO_ROLE !== 'api') await kind?.greet(await this.get(given.id));
    return { isNew, arm: await this.get(given.id) };
  }

  async remove(id: string): Promise<ArmRecord> {
    const arm = await this.get(id);
    if (arm.kind === BUILT_IN) {
      throw new UserError('invalid_operation', `The arm ${id} is part of this server and cannot be removed.`);
    }
    if (this.isNamedInConfig(arm.endpoint)) {
      throw new UserError(
        'invalid_operation',
        `The arm ${id} is named in ARM_REGISTRY and would come back by itself. Take its address out there and restart.`,
      );
    }
    await this.roster.dismiss(id);
    return arm;
  }

  private isNamedInConfig(endpoint: string | null): boolean {
    return endpoint !== null && armBases(this.config.values.ARM_REGISTRY ?? '', 'ARM_REGISTRY').includes(endpoint);
  }
}

/** Given as a whole address or as a path of the arm's own. */
const healthAddress = (endpoint: string, given: string | undefined): string => {
  if (given === undefined) return `${endpoint}/health`;
  const field = 'health_check_endpoint';
  return armUrl(given.startsWith('/') ? new URL(given, endpoint).href : given, field).href;
};

const checkSchema = async (field: string, schema: JsonObject): Promise<void> => {
  try {
    await compileSchema(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be compiled';
    throw new UserError('validation_error', `${field}: this is no JSON Schema that can be used (${reason}).`, {
      details: { field, constraint: 'JSON Schema' },
    });
  }
};
