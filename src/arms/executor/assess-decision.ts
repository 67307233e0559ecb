import type { Decision } from './decide';
import { assessSource, assessWords } from './risk/assess';
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

/** What may come of it, judged by its words alone. */
export const assess = (decision: Decision): Assessment => {
  switch (decision.kind) {
    case 'http':
      return found('network', `It sends a request to ${decision.http.url.hostname}.`);
    case 'command':
      return assessWords([decision.name, ...decision.args]);
    case 'program':
      return assessSource(decision.runtime, decision.source);
    case 'tool': {
      const { engine, runtime, source } = decision.tool;
      const seen = engine === 'quickjs' ? SAFE : assessSource(runtime, source);
      return worstOf([declaredRisk(decision.tool), seen]);
    }
    // QuickJS has neither files nor a network.
    case 'script':
      return SAFE;
  }
};
