import { Slots } from './slots';

/** Lets at most `size` pieces of work of each owner run at once; his others wait in order, and hold up nobody else. */
export class Lanes {
  private readonly lanes = new Map<string, { slots: Slots; users: number }>();

  constructor(private readonly size: number) {}

  /** An abort while waiting rejects with the signal's reason. */
  async run<T>(owner: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lane = this.lanes.get(owner) ?? { slots: new Slots(this.size), users: 0 };
    this.lanes.set(owner, lane);
    lane.users += 1;
    try {
      return await lane.slots.run(work, signal);
    } finally {
      lane.users -= 1;
      if (lane.users === 0) this.lanes.delete(owner);
    }
  }
}
