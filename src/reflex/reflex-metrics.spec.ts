import { metrics } from '../common/metrics';
import { countScreening } from './reflex-metrics';

const read = async (): Promise<Map<string, number>> => {
  const lines = (await metrics.metrics()).split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
};
const found = { pii: [{ pii_type: 'Email' }, { pii_type: 'SSN' }], injection: [{ severity: 'Critical' }] };

describe('countScreening', () => {
  const grownBy = async (work: () => void, names: readonly string[]): Promise<(number | undefined)[]> => {
    const before = await read();
    work();
    const after = await read();
    return names.map((name) => (after.get(name) ?? 0) - (before.get(name) ?? 0));
  };
  const NAMES = [
    'reflex_pii_detections_total{pii_type="SSN"}',
    'reflex_injection_detections_total{severity="Critical"}',
    'reflex_requests_total{decision="blocked"}',
    'reflex_requests_total{decision="forward_to_orchestrator"}',
    'reflex_requests_blocked_total',
    'reflex_latency_seconds_count',
  ];

  it('counts a task that was blocked', async () => {
    const blocked = () => countScreening({ ...found, decision: 'block' }, 0.002);
    expect(await grownBy(blocked, NAMES)).toEqual([1, 1, 1, 0, 1, 1]);
  });

  it.each(['pass', 'redact', 'needs_approval'] as const)('counts one that goes on: %s', async (decision) => {
    const passed = () => countScreening({ pii: [], injection: [], decision }, 0.002);
    expect(await grownBy(passed, NAMES)).toEqual([0, 0, 0, 1, 0, 1]);
  });
});
