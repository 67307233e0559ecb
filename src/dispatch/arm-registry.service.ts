import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type ArmDescriptor, type ArmOffer, type ArmRecord, BUILT_IN } from '../contracts/arm';
import { BugError, UserError } from '../common/errors';
import { ARM_METADATA } from './arm.decorator';
import { ArmKind } from './arm-kind.port';
import { ArmPort } from './arm.port';
import { ArmRepository } from './arm.repository';
import { armQueue } from './queues';

interface Entry {
  descriptor: ArmDescriptor;
  arm: ArmPort;
}

/**
 * Every arm there is: the modules of this process, found by their decorator, and the arms that users bring, as their rows were
 * last read. Answers from memory; `refresh` reads the rows.
 */
@Injectable()
export class ArmRegistry {
  private builtIn: Map<string, Entry> | undefined;
  private brought = new Map<string, Entry & { kind: ArmKind }>();
  private records = new Map<string, ArmRecord>();
  private kindsFound: ArmKind[] | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly repository: ArmRepository,
  ) {}

  /** Of the arms that are modules of this process. */
  descriptors(): ArmDescriptor[] {
    return [...this.modules().values()].map(({ descriptor }) => descriptor);
  }

  /** All arms as planning and routing see them. */
  offers(): ArmOffer[] {
    return [...this.modules().values(), ...this.brought.values()].map(({ descriptor }) => {
      const { id, description, capabilities, costTier } = descriptor;
      const { health = 'healthy', successes = 0, failures = 0 } = this.records.get(id) ?? {};
      return {
        id,
        description,
        capabilities,
        cost_tier: costTier,
        available: health !== 'unavailable',
        successes,
        failures,
      };
    });
  }

  kinds(): ArmKind[] {
    return (this.kindsFound ??= this.discovery
      .getProviders()
      .map(({ instance }): unknown => instance)
      .filter((instance) => instance instanceof ArmKind));
  }

  /** For an arm that must be there because a module of this process provides it. */
  get(id: string): Entry {
    const entry = this.modules().get(id);
    if (entry === undefined) throw new BugError('arm_unknown', `No module provides the arm "${id}".`);
    return entry;
  }

  /** An arm of any kind. Errors: `UserError` `no_such_arm`, after the rows were read once more. */
  async find(id: string): Promise<Entry> {
    const entry = await this.look(id);
    if (entry !== undefined) return entry;
    throw new UserError('no_such_arm', `This server has no arm "${id}". GET /arms lists those there are.`);
  }

  /** How many steps of an arm one process runs at once; undefined where its queue's worker sees to it. */
  limitOf(id: string): number | undefined {
    return this.brought.get(id)?.descriptor.concurrency;
  }

  /** The queue whose workers do the steps of an arm. */
  async queueOf(id: string): Promise<string> {
    const entry = await this.look(id);
    const kind = entry === undefined ? this.kinds()[0] : this.brought.get(id)?.kind;
    // Also an arm that is gone has its bell answered: whoever takes the step finds out, and says so.
    return armQueue(kind?.name ?? id);
  }

  /** Reads the rows. One reading after the other, so that an older one never replaces a newer one. */
  refresh(): Promise<void> {
    const next = this.reading.then(() => this.read());
    this.reading = next.catch(() => undefined);
    return next;
  }

  private async look(id: string): Promise<Entry | undefined> {
    const known = (): Entry | undefined => this.modules().get(id) ?? this.brought.get(id);
    const entry = known();
    if (entry !== undefined || this.kinds().length === 0) return entry;
    await this.refresh();
    return known();
  }

  private async read(): Promise<void> {
    const records = await this.repository.all();
    const kinds = new Map(this.kinds().map((kind) => [kind.name, kind]));
    this.records = new Map(records.map((record) => [record.id, record]));
    this.brought = new Map(
      records.flatMap((record) => {
        const kind = kinds.get(record.kind);
        if (record.kind === BUILT_IN || kind === undefined) return [];
        return [[record.id, { kind, descriptor: descriptorOf(record), arm: kind.armFor(record) }] as const];
      }),
    );
  }

  private modules(): Map<string, Entry> {
    if (this.builtIn !== undefined) return this.builtIn;
    const found = new Map<string, Entry>();
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function' || !(instance instanceof ArmPort)) continue;
      const descriptor = Reflect.getMetadata(ARM_METADATA, metatype) as ArmDescriptor | undefined;
      if (descriptor === undefined) continue;
      if (found.has(descriptor.id)) throw new BugError('arm_twice', `Two modules provide the arm "${descriptor.id}".`);
      found.set(descriptor.id, { descriptor, arm: instance });
    }
    return (this.builtIn = found);
  }
}

const descriptorOf = ({ id, name, description, capabilities, costTier, maxConcurrent }: ArmRecord): ArmDescriptor => ({
  id,
  name,
  description,
  capabilities,
  costTier: costTier as ArmDescriptor['costTier'],
  concurrency: maxConcurrent,
});
