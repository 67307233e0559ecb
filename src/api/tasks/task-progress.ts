import type { TaskRecord } from '../../contracts/record';
import type { TaskStatus } from '../../contracts/task';
import type { Wire } from '../http/types';
import type { ProgressDto, ProgressStep } from './task-parts.dto';

/** Words of progress for the kind of step worked on last. */
const STAGE_WORDS: Partial<Record<string, ProgressStep>> = {
  intent: 'preprocessing',
  plan: 'planning',
  work: 'execution',
  repair: 'execution',
  guard: 'validation',
  judge: 'validation',
  integrate: 'synthesis',
};

const STATUS_STEPS: Partial<Record<TaskStatus, ProgressStep>> = {
  planning: 'planning',
  executing: 'execution',
  validating: 'validation',
  completed: 'synthesis',
};

const currentStep = ({ status, stage }: TaskRecord): ProgressStep | undefined => {
  if (status === 'accepted') return undefined;
  if (status === 'completed') return 'synthesis';
  return (stage === null ? undefined : STAGE_WORDS[stage]) ?? STATUS_STEPS[status];
};

/** Only a completed task is at 100: readers stop there. */
const percentage = ({ status, stepsCompleted, stepsTotal }: TaskRecord): number => {
  if (status === 'completed') return 100;
  return stepsTotal === 0 ? 0 : Math.min(99, Math.floor((stepsCompleted / stepsTotal) * 100));
};

/** The part of the work that is done, 0 to 1. */
export const toShare = (task: TaskRecord): number => percentage(task) / 100;

/** Complete or nothing: half a progress breaks its readers. */
export const toProgress = (task: TaskRecord): Wire<ProgressDto> | null => {
  const step = currentStep(task);
  if (step === undefined) return null;
  return {
    current_step: step,
    completed_steps: task.stepsCompleted,
    total_steps: task.stepsTotal,
    percentage: percentage(task),
  };
};

const DOING: Record<TaskStatus, string> = {
  accepted: 'Waiting to begin',
  planning: 'Planning',
  executing: 'Working',
  validating: 'Checking the result',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** One line for people. */
export const progressMessage = (task: TaskRecord): string => {
  const { status, error, waitingFor, stepsCompleted, stepsTotal } = task;
  if (status === 'failed' && error !== null) return error.message;
  if (waitingFor !== null) return `Waiting for ${waitingFor}`;
  const steps = status === 'executing' && stepsTotal > 0 ? `: ${stepsCompleted} of ${stepsTotal} steps are done` : '';
  return `${DOING[status]}${steps}`;
};
