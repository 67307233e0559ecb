-- A single arm called by itself is a task of one step, so that budget, metering, audit and recovery are the same. It has no
-- place among the tasks people submit: neither in lists and history nor in what admission counts.
ALTER TABLE "tasks" ADD COLUMN "direct_arm" VARCHAR(50);

CREATE OR REPLACE VIEW "task_history" AS
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
FROM "tasks" t
WHERE t."direct_arm" IS NULL;

-- Arms that users bring over HTTP: where they are, what they take, and how they were last seen.
ALTER TABLE "arms"
  ADD COLUMN "version" VARCHAR(40) NOT NULL DEFAULT '',
  ADD COLUMN "endpoint" TEXT,
  ADD COLUMN "health_endpoint" TEXT,
  ADD COLUMN "input_schema" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "output_schema" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "metadata" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "max_concurrent" INTEGER NOT NULL DEFAULT 10,
  ADD COLUMN "average_latency_ms" INTEGER,
  ADD COLUMN "health" VARCHAR(12) NOT NULL DEFAULT 'healthy' CHECK ("health" IN ('healthy', 'degraded', 'unavailable')),
  ADD COLUMN "last_error" TEXT,
  ADD COLUMN "last_seen_at" TIMESTAMPTZ(3);

-- Keys: what they may do is in their scopes, how much in their tier.
ALTER TABLE "api_keys"
  ADD COLUMN "tier" VARCHAR(10) NOT NULL DEFAULT 'live' CHECK ("tier" IN ('test', 'live', 'admin'));

-- What an arm may do for a while. The opaque token that names a grant is kept as a keyed hash; a signed one carries the id.
CREATE TABLE "capability_grants" (
  "id" UUID PRIMARY KEY,
  "handle_hash" CHAR(64) UNIQUE,
  "arm_id" VARCHAR(50) NOT NULL,
  "capabilities" JSONB NOT NULL DEFAULT '[]',
  "rate_limits" JSONB NOT NULL DEFAULT '{}',
  "metadata" JSONB NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3)
);
CREATE INDEX "capability_grants_expires_at_idx" ON "capability_grants" ("expires_at");

-- Answers that a repeated request gets again. One without a status is still being worked on by its owner.
CREATE TABLE "answered_requests" (
  "holder" VARCHAR(80) NOT NULL,
  "name" VARCHAR(300) NOT NULL,
  "fingerprint" CHAR(64) NOT NULL,
  "owner" VARCHAR(60) NOT NULL,
  "lease_expires_at" TIMESTAMPTZ(3) NOT NULL,
  "status" INTEGER,
  "headers" JSONB NOT NULL DEFAULT '{}',
  "body" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("holder", "name")
);
CREATE INDEX "answered_requests_expires_at_idx" ON "answered_requests" ("expires_at");
