import type { SandboxResults } from './sandbox';

/** A start through the port divided by one by hand. Reported, met or not; nothing fails on it. */
const MAX_RATIO = 1.15;

const fixed = (value: number, digits = 1): string => value.toFixed(digits);

/** One line for each target. */
export const judgeSandbox = ({ start, crowd, leaked }: SandboxResults): Record<string, string> => {
  const verdict = (met: boolean, text: string): string => `${met ? 'met' : 'NOT met'}: ${text}`;
  const { processes, namespaces, files } = leaked;
  return {
    ...Object.fromEntries(
      start.map(({ runtime, ratio }) => [
        `sandbox start ÷ bare bubblewrap, ${runtime}`,
        verdict(ratio <= MAX_RATIO, `${fixed(ratio, 2)}×, target ≤ ${MAX_RATIO}×`),
      ]),
    ),
    [`sandbox, ${crowd.runs} runs`]: verdict(
      crowd.right === crowd.runs && processes + namespaces + files === 0,
      `${crowd.right} right; ${processes} processes, ${namespaces} namespaces, ${files} files left behind`,
    ),
  };
};

export const showSandbox = ({ start, crowd }: SandboxResults): void => {
  console.table(
    start.map(({ runtime, sandbox, bareBubblewrap, ratio }) => ({
      runtime,
      'sandbox p50 ms': fixed(sandbox.p50),
      'sandbox p95 ms': fixed(sandbox.p95),
      'bare p50 ms': fixed(bareBubblewrap.p50),
      'bare p95 ms': fixed(bareBubblewrap.p95),
      'p50 ratio': fixed(ratio, 2),
    })),
  );
  console.table({ ...crowd, perSecond: fixed(crowd.perSecond) });
};
