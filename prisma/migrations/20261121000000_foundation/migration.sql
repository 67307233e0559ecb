-- Tasks, their steps, history, plans and model calls.
CREATE TABLE "tasks" (
  "id" UUID PRIMARY KEY,
  "key" CHAR(16) NOT NULL UNIQUE,
  "goal" TEXT NOT NULL,
  "constraints" JSONB NOT NULL DEFAULT '[]',
  "acceptance_criteria" JSONB NOT NULL DEFAULT '[]',
  "context" JSONB NOT NULL DEFAULT '{}',
  "metadata" JSONB NOT NULL DEFAULT '{}',
  "required_capabilities" JSONB NOT NULL DEFAULT '[]',
  "priority" VARCHAR(10) NOT NULL CHECK ("priority" IN ('low', 'medium', 'high', 'critical')),
  "max_tokens" INTEGER NOT NULL,
  "max_time_seconds" INTEGER NOT NULL,
  "max_cost_usd" DECIMAL(12, 6) NOT NULL,
  "max_retries" INTEGER NOT NULL,
  "deadline_seconds" INTEGER,
  "parent_task_id" UUID REFERENCES "tasks" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "status" VARCHAR(12) NOT NULL DEFAULT 'accepted'
    CHECK ("status" IN ('accepted', 'planning', 'executing', 'validating', 'completed', 'failed', 'cancelled')),
  "round" INTEGER NOT NULL DEFAULT 0,
  "cancel_requested" BOOLEAN NOT NULL DEFAULT FALSE,
  "event_seq" INTEGER NOT NULL DEFAULT 0,
  "tokens_used" INTEGER NOT NULL DEFAULT 0,
  "tokens_reserved" INTEGER NOT NULL DEFAULT 0,
  "cost_usd" DECIMAL(12, 6) NOT NULL DEFAULT 0,
  "cost_reserved" DECIMAL(12, 6) NOT NULL DEFAULT 0,
  "result" JSONB,
  "error" JSONB,
  "confidence" DOUBLE PRECISION,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3),
  "completed_at" TIMESTAMPTZ(3)
);
CREATE INDEX "tasks_created_at_id_idx" ON "tasks" ("created_at" DESC, "id");
CREATE INDEX "tasks_status_created_at_idx" ON "tasks" ("status", "created_at" DESC);
-- What the sweep and admission look at; small however many tasks have ended.
CREATE INDEX "tasks_open_idx" ON "tasks" ("status", "created_at")
  WHERE "status" NOT IN ('completed', 'failed', 'cancelled');

CREATE TABLE "steps" (
  "id" UUID PRIMARY KEY,
  "task_id" UUID NOT NULL REFERENCES "tasks" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "key" VARCHAR(40) NOT NULL,
  "kind" VARCHAR(12) NOT NULL,
  "arm" VARCHAR(50) NOT NULL,
  "action" TEXT NOT NULL,
  "acceptance_criteria" JSONB NOT NULL DEFAULT '[]',
  "depends_on" TEXT[],
  "input" JSONB NOT NULL DEFAULT '{}',
  "status" VARCHAR(12) NOT NULL
    CHECK ("status" IN ('blocked', 'ready', 'running', 'succeeded', 'failed', 'skipped', 'cancelled')),
  "attempt" INTEGER NOT NULL DEFAULT 0,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "position" INTEGER NOT NULL,
  "available_at" TIMESTAMPTZ(3),
  "lease_expires_at" TIMESTAMPTZ(3),
  "worker" VARCHAR(60),
  "output" JSONB,
  "confidence" DOUBLE PRECISION,
  "warnings" JSONB NOT NULL DEFAULT '[]',
  "error" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3)
);
CREATE UNIQUE INDEX "steps_task_id_key_key" ON "steps" ("task_id", "key");
CREATE INDEX "steps_status_lease_expires_at_idx" ON "steps" ("status", "lease_expires_at");

CREATE TABLE "events" (
  "task_id" UUID NOT NULL REFERENCES "tasks" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "seq" INTEGER NOT NULL,
  "type" VARCHAR(40) NOT NULL,
  "data" JSONB NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("task_id", "seq")
);

CREATE TABLE "plans" (
  "id" UUID PRIMARY KEY,
  "task_id" UUID NOT NULL REFERENCES "tasks" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "steps" JSONB NOT NULL,
  "rationale" TEXT NOT NULL,
  "confidence" DOUBLE PRECISION NOT NULL,
  "complexity_score" DOUBLE PRECISION NOT NULL,
  "source" VARCHAR(10) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "plans_task_id_created_at_idx" ON "plans" ("task_id", "created_at" DESC);

CREATE TABLE "llm_calls" (
  "id" UUID PRIMARY KEY,
  "task_id" UUID NOT NULL REFERENCES "tasks" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "step_id" UUID NOT NULL,
  "attempt" INTEGER NOT NULL,
  "purpose" VARCHAR(40) NOT NULL,
  "provider" VARCHAR(40) NOT NULL,
  "model" VARCHAR(120) NOT NULL,
  "prompt_hash" CHAR(64) NOT NULL,
  "tokens_reserved" INTEGER NOT NULL,
  "cost_reserved" DECIMAL(12, 6) NOT NULL,
  "prompt_tokens" INTEGER,
  "completion_tokens" INTEGER,
  "cost_usd" DECIMAL(12, 6),
  "latency_ms" INTEGER,
  "error" VARCHAR(60),
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3)
);
CREATE INDEX "llm_calls_task_id_started_at_idx" ON "llm_calls" ("task_id", "started_at");
CREATE INDEX "llm_calls_step_id_idx" ON "llm_calls" ("step_id");

-- Arms and how they have done.
CREATE TABLE "arms" (
  "id" VARCHAR(50) PRIMARY KEY,
  "kind" VARCHAR(20) NOT NULL,
  "name" VARCHAR(120) NOT NULL,
  "description" TEXT NOT NULL,
  "capabilities" TEXT[],
  "cost_tier" INTEGER NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "arm_statistics" (
  "arm_id" VARCHAR(50) PRIMARY KEY,
  "successes" INTEGER NOT NULL DEFAULT 0,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "mean_duration_ms" DOUBLE PRECISION NOT NULL DEFAULT 0,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- Access.
CREATE TABLE "api_keys" (
  "id" UUID PRIMARY KEY,
  "name" VARCHAR(120) NOT NULL,
  "prefix" VARCHAR(20) NOT NULL,
  "hash" CHAR(64) NOT NULL UNIQUE,
  "scopes" TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3)
);

-- Knowledge graph and provenance, under the names of the phase-2 guide.
CREATE TABLE "entities" (
  "id" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "entity_type" VARCHAR(50) NOT NULL,
  "name" VARCHAR(255) NOT NULL,
  "properties" JSONB NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "entities_entity_type_name_key" ON "entities" ("entity_type", "name");
CREATE INDEX "entities_name_idx" ON "entities" USING GIN (to_tsvector('simple', "name"));
CREATE INDEX "entities_properties_idx" ON "entities" USING GIN ("properties");

CREATE TABLE "relationships" (
  "id" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "from_entity_id" UUID NOT NULL REFERENCES "entities" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "to_entity_id" UUID NOT NULL REFERENCES "entities" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "relationship_type" VARCHAR(50) NOT NULL,
  "properties" JSONB NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "relationships_from_entity_id_to_entity_id_relationship_type_key"
  ON "relationships" ("from_entity_id", "to_entity_id", "relationship_type");
CREATE INDEX "relationships_to_entity_id_idx" ON "relationships" ("to_entity_id");
CREATE INDEX "relationships_relationship_type_idx" ON "relationships" ("relationship_type");

CREATE TABLE "action_log" (
  "id" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "task_id" VARCHAR(255) NOT NULL,
  "arm_id" VARCHAR(50) NOT NULL,
  "action_type" VARCHAR(50) NOT NULL,
  "action_details" JSONB NOT NULL DEFAULT '{}',
  "result" JSONB NOT NULL DEFAULT '{}',
  "timestamp" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "action_log_task_id_idx" ON "action_log" ("task_id");
CREATE INDEX "action_log_arm_id_idx" ON "action_log" ("arm_id");
CREATE INDEX "action_log_timestamp_idx" ON "action_log" ("timestamp" DESC);

CREATE VIEW "task_history" AS
SELECT
  t."id",
  'task-' || t."id" AS "task_id",
  t."goal",
  (SELECT p."steps" FROM "plans" p WHERE p."task_id" = t."id" ORDER BY p."created_at" DESC LIMIT 1) AS "plan",
  COALESCE(t."result", '{}'::jsonb) AS "results",
  t."status" = 'completed' AS "success",
  (EXTRACT(EPOCH FROM t."completed_at" - t."created_at") * 1000)::int AS "duration_ms",
  t."tokens_used" AS "cost_tokens",
  t."created_at",
  t."completed_at"
FROM "tasks" t;

-- Documents of the users, searchable by keyword.
CREATE TABLE "documents" (
  "collection" VARCHAR(100) NOT NULL,
  "id" VARCHAR(200) NOT NULL,
  "source" VARCHAR(500) NOT NULL,
  "content" TEXT NOT NULL,
  "metadata" JSONB NOT NULL DEFAULT '{}',
  "search" TSVECTOR GENERATED ALWAYS AS (to_tsvector('english', "content")) STORED,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("collection", "id")
);
CREATE INDEX "documents_search_idx" ON "documents" USING GIN ("search");
