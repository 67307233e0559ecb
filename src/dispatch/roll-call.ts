/** What is wrong with the arms and queues that were found; an empty list lets the server start. */
export const rollCall = (found: {
  required: readonly string[];
  arms: string[];
  queues: string[];
  workers: string[];
}): string[] => [
  ...found.required
    .filter((arm) => !found.arms.includes(arm))
    .map((arm) => `No module provides the arm "${arm}": add its module to app.module.ts.`),
  ...found.arms
    .filter((arm) => !found.queues.includes(arm))
    .map((arm) => `The arm "${arm}" has no queue: its module must import ArmQueueModule.for('${arm}').`),
  ...found.queues
    .filter((queue) => !found.arms.includes(queue))
    .map((queue) => `The queue of "${queue}" has no arm: no provider with @Arm({ id: '${queue}' }) was found.`),
  ...found.queues
    .filter((queue) => !found.workers.includes(queue))
    .map((queue) => `The queue of "${queue}" has no worker: nothing would ever answer it.`),
];
