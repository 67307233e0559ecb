import type { ArmAnswer } from '../../intake/intake.port';
import { VERSION } from '../http/version';
import { toGuideExecutionDto } from './guide-execution.mapper';

const NOW = new Date('2030-01-02T03:04:05Z');
const answer = (output: ArmAnswer['output']): ArmAnswer => ({
  runId: '91f7b677-19a4-49f3-883e-8008a80a803a',
  arm: 'executor',
  output: { stdout: 'printed', stderr: '', durationMs: 12, commandHash: 'ab', ...output },
  confidence: 1,
  warnings: [],
  models: [],
  tokensUsed: 0,
  costUsd: 0,
  durationMs: 20,
});

it('says what was printed, and what it took', () => {
  expect(toGuideExecutionDto(answer({ exitCode: 0, cpuTimeMs: 7 }), NOW)).toEqual({
    success: true,
    output: 'printed',
    error: null,
    provenance: {
      command_hash: 'sha256:ab',
      timestamp: '2030-01-02T03:04:05.000Z',
      executor_version: VERSION,
      execution_duration_ms: 12,
      exit_code: 0,
      resource_usage: { cpu_time_ms: 7 },
    },
  });
});

it.each([
  ['no such file', 'no such file'],
  ['', 'exit code 2'],
])('says what is wrong when %j was printed as errors', (stderr, error) => {
  expect(toGuideExecutionDto(answer({ exitCode: 2, stderr }), NOW)).toMatchObject({
    success: false,
    error,
    provenance: { exit_code: 2, resource_usage: {} },
  });
});
