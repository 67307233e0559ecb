import { Injectable } from '@nestjs/common';
import type { TaskResult } from '../contracts/outcome';
import { storableJson, storableText } from '../common/storable';
import { Guardrails } from '../guardrails/guardrails.service';
import type { Sql } from '../drivers/database/database.service';

const LONGEST_NAME = 255;

interface NamedEntity {
  type: string;
  name: string;
  properties: object;
  /** How the task relates to it. */
  relation: string;
}

const MEMORY = { direction: 'memory' } as const;

/** What is known, as entities and relationships, as far as the policy lets memory keep it. */
@Injectable()
export class KnowledgeGraph {
  constructor(private readonly guardrails: Guardrails) {}

  /** Records a finished task: what it made, in what, and which arms and models made it. In the caller's transaction. */
  async remember(sql: Sql, task: { id: string; goal: string }, result: TaskResult): Promise<void> {
    const name = `task-${task.id}`;
    const { value: properties, decision } = this.guardrails.screen(
      { goal: task.goal, confidence: result.confidence, validation_passed: result.validation_passed },
      MEMORY,
    );
    if (decision === 'block' || decision === 'needs_approval') return;
    // A name with something taken out of it would be the name of something else.
    const related = relatedTo(result).filter(({ name }) => this.guardrails.screen(name, MEMORY).decision === 'pass');
    await sql.query(
      `WITH task AS (
         INSERT INTO entities (entity_type, name, properties) VALUES ('task', $1, $2)
         ON CONFLICT (entity_type, name) DO UPDATE SET properties = excluded.properties, updated_at = now()
         RETURNING id
       ), related AS (
         INSERT INTO entities (entity_type, name, properties)
         SELECT e->>'type', e->>'name', e->'properties' FROM jsonb_array_elements($3::jsonb) AS e
         ON CONFLICT (entity_type, name) DO UPDATE SET updated_at = now()
         RETURNING id, entity_type, name
       )
       INSERT INTO relationships (from_entity_id, to_entity_id, relationship_type)
       SELECT task.id, related.id, e->>'relation'
       FROM task, related JOIN jsonb_array_elements($3::jsonb) AS e
         ON e->>'type' = related.entity_type AND e->>'name' = related.name
       ON CONFLICT DO NOTHING`,
      [name, storableJson(properties), storableJson(related)],
    );
  }
}

const relatedTo = (result: TaskResult): NamedEntity[] => {
  const arms = [...new Set(result.lineage.map(({ arm }) => arm))];
  const models = [...new Set(result.lineage.flatMap(({ models: used }) => used))];
  const entities: NamedEntity[] = [
    ...arms.map((arm) => ({ type: 'tool', name: arm, properties: { kind: 'arm' }, relation: 'created_by' })),
    ...models.map((model) => ({ type: 'tool', name: model, properties: { kind: 'model' }, relation: 'created_by' })),
    ...(result.language === undefined
      ? []
      : [{ type: 'concept', name: result.language, properties: { kind: 'language' }, relation: 'uses' }]),
    ...result.citations.map((source) => ({ type: 'file', name: source, properties: {}, relation: 'documented_in' })),
  ];
  const storable = entities.map((entity) => ({ ...entity, name: storableText(entity.name).slice(0, LONGEST_NAME) }));
  const byName = new Map(storable.map((entity) => [`${entity.type}/${entity.name}`, entity]));
  // A fixed order: two transactions that touch the same rows then never wait for each other in a circle.
  return [...byName.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entity]) => entity);
};
