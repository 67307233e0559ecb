import { type Behaviour, type Reply } from './fake-openai';

/** Something to wait for until somebody opens it. */
export interface Gate {
  open: () => void;
  opened: Promise<void>;
}

export const gate = (): Gate => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** The reply once the gate is open. */
export const heldBack =
  ({ opened }: Gate, reply: Reply): Behaviour =>
  async (request, response, model) => {
    await opened;
    await model.respond(request, reply, response);
  };
