import type { Proof, WireProof } from '../contracts/outcome';

/** A proof under the names of the wire. */
export const toWireProof = ({
  syntax,
  syntaxNote,
  tests,
  testsNote,
  testsPassed,
  testsFailed,
  repairs,
}: Proof): WireProof => ({
  syntax,
  ...(syntaxNote !== undefined && { syntax_note: syntaxNote }),
  tests,
  ...(testsNote !== undefined && { tests_note: testsNote }),
  tests_passed: testsPassed,
  tests_failed: testsFailed,
  repairs,
});
