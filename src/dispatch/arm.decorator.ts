import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { ArmDescriptor } from '../contracts/arm';

export const ARM_METADATA = 'octollm:arm';

/** Marks a provider as an arm and says how it presents itself. */
export const Arm = (descriptor: ArmDescriptor): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(ARM_METADATA, descriptor));
