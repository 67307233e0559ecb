import type { TaskIdForm } from './task-id';

/**
 * The four ways in which clients speak of tasks: the two SDKs, the published OpenAPI documents, the phase-2 guide and the
 * component contracts. A family decides status words, the form of ids in its submits, and the type of a task's `error`.
 */
export type Family = 'sdk' | 'openapi' | 'guide' | 'contract';

/** The form of id in which a family's submit answers. */
export const ID_FORMS: Record<Family, TaskIdForm> = { sdk: 'key', openapi: 'uuid', guide: 'guide', contract: 'guide' };

const FAMILIES: Record<TaskIdForm, Family> = { key: 'sdk', uuid: 'openapi', guide: 'guide' };

/** Where families share an address, the form of the id tells whose words to use. */
export const familyOfForm = (form: TaskIdForm): Family => FAMILIES[form];
