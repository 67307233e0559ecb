import { type FlowJob, FlowProducer, type QueueOptions, Worker } from 'bullmq';

type Connection = QueueOptions['connection'];
const OPTIONS = { removeOnComplete: true, removeOnFail: true } as const;

const chain = (size: number, data: object): FlowJob => ({
  name: 'step',
  queueName: 'bench',
  data: size === 1 ? data : {},
  opts: OPTIONS,
});

/** Innermost child first: BullMQ runs children before their parent. */
const flowOf = (shape: string, root: string): FlowJob => {
  const [form, size] = shape.split('-');
  const last: FlowJob = { ...chain(1, { root }), opts: { ...OPTIONS } };
  if (form === 'fan') return { ...last, children: Array.from({ length: Number(size) }, () => chain(2, {})) };
  let flow: FlowJob | undefined;
  for (let index = 1; index < Number(size); index++) flow = { ...chain(2, {}), ...(flow && { children: [flow] }) };
  return { ...last, ...(flow && { children: [flow] }) };
};

/** The floor: the same shapes as bare BullMQ flows, with nothing stored but the jobs. */
export class BareFlows {
  private readonly waiting = new Map<string, () => void>();
  private readonly producer: FlowProducer;
  private readonly worker: Worker;
  private count = 0;

  constructor(connection: Connection) {
    this.producer = new FlowProducer({ connection });
    this.worker = new Worker<{ root?: string }>('bench', () => Promise.resolve(), { connection, concurrency: 50 });
    this.worker.on('completed', ({ data }) => {
      const { root } = data as { root?: string };
      if (root !== undefined) this.waiting.get(root)?.();
    });
    this.worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
  }

  async ready(): Promise<void> {
    await this.worker.waitUntilReady();
  }

  /** Adds a flow and waits until its last job is done. */
  async run(shape: string): Promise<void> {
    const root = String(++this.count);
    const done = new Promise<void>((resolve) => this.waiting.set(root, resolve));
    await this.producer.add(flowOf(shape, root));
    await done;
    this.waiting.delete(root);
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.producer.close();
  }
}
