import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { ArmDescriptor } from '../contracts/arm';
import { BugError } from '../common/errors';
import { ARM_METADATA } from './arm.decorator';
import { ArmPort } from './arm.port';

/** The arms of this process, found by their decorator. */
@Injectable()
export class ArmRegistry {
  private found: Map<string, { descriptor: ArmDescriptor; arm: ArmPort }> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  descriptors(): ArmDescriptor[] {
    return [...this.arms().values()].map(({ descriptor }) => descriptor);
  }

  get(id: string): { descriptor: ArmDescriptor; arm: ArmPort } {
    const entry = this.arms().get(id);
    if (entry === undefined) throw new BugError('arm_unknown', `No module provides the arm "${id}".`);
    return entry;
  }

  private arms(): Map<string, { descriptor: ArmDescriptor; arm: ArmPort }> {
    if (this.found !== undefined) return this.found;
    const found = new Map<string, { descriptor: ArmDescriptor; arm: ArmPort }>();
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function' || !(instance instanceof ArmPort)) continue;
      const descriptor = Reflect.getMetadata(ARM_METADATA, metatype) as ArmDescriptor | undefined;
      if (descriptor === undefined) continue;
      if (found.has(descriptor.id)) throw new BugError('arm_twice', `Two modules provide the arm "${descriptor.id}".`);
      found.set(descriptor.id, { descriptor, arm: instance });
    }
    return (this.found = found);
  }
}
