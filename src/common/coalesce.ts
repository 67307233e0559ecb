/**
 * Makes a function that starts `work`, never twice at once: asked while it runs, it runs once more afterwards, however often it
 * was asked. `work` must not reject.
 */
export const coalesce = (work: () => Promise<void>): (() => void) => {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work();
    } while (isAsked());
    running = false;
  };
  // A question of its own, because the answer changes while `work` is awaited.
  const isAsked = (): boolean => again;
  return () => {
    if (running) again = true;
    else void run();
  };
};
