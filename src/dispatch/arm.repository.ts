import { Injectable } from '@nestjs/common';
import type { ArmDescriptor } from '../contracts/arm';
import { Database } from '../drivers/database/database.service';

/** The arms as they were last seen. */
@Injectable()
export class ArmRepository {
  constructor(private readonly database: Database) {}

  async enrol(kind: string, arms: ArmDescriptor[]): Promise<void> {
    const { prisma } = this.database;
    await prisma.$transaction(
      arms.map(({ id, name, description, capabilities, costTier }) => {
        const seen = { kind, name, description, capabilities, costTier, updatedAt: new Date() };
        return prisma.arm.upsert({ where: { id }, create: { id, ...seen }, update: seen });
      }),
    );
  }
}
