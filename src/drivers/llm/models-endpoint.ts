import { z } from 'zod';

const listShape = z.object({ data: z.array(z.object({ id: z.string() })) });

export interface ModelList {
  /** HTTP status. */
  status: number;
  /** Names of the models, in the server's order; empty when it did not give a list. */
  ids: string[];
}

/** Asks a server which models it has, the cheapest question there is. Rejects when it cannot be reached within `timeoutMs`. */
export const listModels = async (
  baseUrl: string,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<ModelList> => {
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/models`, {
    headers,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  try {
    return { status: response.status, ids: listShape.parse(JSON.parse(text)).data.map(({ id }) => id) };
  } catch {
    return { status: response.status, ids: [] };
  }
};
