import type { Assignment } from '../../contracts/arm';

/** Tests that the caller gave with the context, under `tests`. */
export const givenTestsOf = ({ context }: Pick<Assignment['task'], 'context'>): string | undefined => {
  const { tests } = context;
  return typeof tests === 'string' && tests.trim() !== '' ? tests : undefined;
};
