import type { CodeRequest } from '../../contracts/direct';
import type { CodeArtifact } from '../../contracts/outcome';
import { OPERATIONS } from './operations';
import { tidyArtifact } from './tidy-artifact';

type Reply = Parameters<typeof tidyArtifact>[0];

/** What a reply to a direct call comes to; `previous` is the draft that it mends. What was only looked at is handed back as it was given. */
export const artifactOf = (
  reply: Reply,
  { operation, existingCode = '' }: Pick<CodeRequest, 'operation' | 'existingCode'>,
  language: string,
  previous?: Pick<CodeArtifact, 'code' | 'tests'>,
): CodeArtifact => {
  const artifact = tidyArtifact(reply, language, previous);
  const { yields } = OPERATIONS[operation];
  if (yields === 'prose') return { ...artifact, code: existingCode, tests: '', language };
  return yields === 'tests' ? { ...artifact, code: existingCode, language } : artifact;
};

/** What a reply lacks of what was asked for, said to the model. */
export const lacking = (
  { code, tests, explanation }: CodeArtifact,
  { operation }: Pick<CodeRequest, 'operation'>,
): string[] => {
  const { yields } = OPERATIONS[operation];
  if (yields === 'prose') return explanation === '' ? ['explanation is empty; write it'] : [];
  if (yields === 'tests') return tests === '' ? ['tests is empty; write the tests'] : [];
  return code === '' ? ['code is empty; write the program'] : [];
};
