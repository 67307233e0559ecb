import type { Candidate } from './candidate';
import { type LayerResult, notChecked } from './layer';
import type { SyntaxCheck } from '../../workshop/syntax-check.service';

/** Whether code can be parsed: 1 or 0. */
export const syntaxLayer = async (
  { artifact }: Candidate,
  checker: SyntaxCheck,
  signal: AbortSignal,
): Promise<LayerResult> => {
  if (!artifact) return notChecked('syntax', 'The syntax was not checked: the output is no code.', NAME_IT);
  const report = await checker.check(artifact.code, artifact.language, signal);
  if ('unchecked' in report) return notChecked('syntax', `The syntax was not checked: ${report.unchecked}.`, NAME_IT);
  if ('ok' in report) return { name: 'syntax', confidence: 1, issues: [] };
  const { message, line, column } = report.fault;
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  return {
    name: 'syntax',
    confidence: 0,
    issues: [
      {
        severity: 'error',
        type: 'syntax_error',
        message: `This is no valid ${artifact.language}: ${message}.`,
        ...(place.length > 0 && { location: place.join(', ') }),
        suggestion: 'Correct the syntax.',
      },
    ],
  };
};

const NAME_IT = 'Name the language, e.g. as output_type "python_code".';
