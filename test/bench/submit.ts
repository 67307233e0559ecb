import { compare, type Load, withServers } from './servers';

export interface SubmitResult {
  submit: Load;
  bareInsert: Load;
  /** Ours divided by the floor. */
  share: number;
}

const BODY = JSON.stringify({
  goal: 'Write a Python function to calculate fibonacci numbers',
  constraints: ['Include docstring', 'Add unit tests'],
  budget: { max_tokens: 10_000, max_time_seconds: 60, max_cost_dollars: 1 },
});

/** Submits over HTTP at 32 connections, and beside it, taking turns on the same PostgreSQL, a bare Fastify with one insert. */
export const measureSubmit = (): Promise<SubmitResult> =>
  withServers(async (urls) => {
    const { ours: submit, bare: bareInsert } = await compare(urls, '/tasks', [BODY]);
    return { submit, bareInsert, share: submit.perSecond / bareInsert.perSecond };
  });
