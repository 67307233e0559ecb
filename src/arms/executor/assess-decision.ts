import type { Decision } from './decide';
import { assessApart } from './risk/assess-apart';
import { type Assessment, SAFE, found, worstOf } from './risk/assessment';
import type { Tool } from './tools/tool';

/** What the owner of a tool says of it, in so many words or by what it has to be granted. */
export const declaredRisk = ({ risk, capabilities }: Tool): Assessment => {
  if (risk !== undefined) return found(risk, `Its owner declares it ${risk}.`);
  const destroying = capabilities.filter((name) => name === 'FilesystemDelete' || name === 'DockerAccess');
  return destroying.length === 0
    ? SAFE
    : found('destructive', `Its owner declares that it needs ${destroying.join(' and ')}.`);
};

/** What may come of it, judged by its words alone. Errors: the signal's reason. */
export const assess = async (decision: Decision, signal: AbortSignal): Promise<Assessment> => {
  switch (decision.kind) {
    case 'http':
      return found('network', `It sends a request to ${decision.http.url.hostname}.`);
    case 'command':
      return assessApart({ words: [decision.name, ...decision.args] }, signal);
    case 'program':
      return assessApart({ runtime: decision.runtime, source: decision.source }, signal);
    case 'tool': {
      const { engine, runtime, source } = decision.tool;
      const seen = engine === 'quickjs' ? SAFE : await assessApart({ runtime, source }, signal);
      return worstOf([declaredRisk(decision.tool), seen]);
    }
    // QuickJS has neither files nor a network.
    case 'script':
      return SAFE;
  }
};
