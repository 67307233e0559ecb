-- What screening of its inputs and its output came to, of the attempt that counts.
ALTER TABLE "steps" ADD COLUMN "verdict" JSONB;

-- A held step waits for a person: before it runs, or before its result counts.
ALTER TABLE "steps" DROP CONSTRAINT "steps_status_check";
ALTER TABLE "steps" ADD CONSTRAINT "steps_status_check"
  CHECK ("status" IN ('blocked', 'ready', 'running', 'held', 'succeeded', 'failed', 'skipped', 'cancelled'));

CREATE TABLE "approvals" (
  "id" UUID PRIMARY KEY,
  "task_id" UUID NOT NULL REFERENCES "tasks" ("id") ON DELETE CASCADE,
  "step_id" UUID NOT NULL REFERENCES "steps" ("id") ON DELETE CASCADE,
  "phase" VARCHAR(6) NOT NULL CHECK ("phase" IN ('input', 'output')),
  "reason" TEXT NOT NULL,
  "findings" JSONB NOT NULL DEFAULT '[]',
  "status" VARCHAR(10) NOT NULL DEFAULT 'pending' CHECK ("status" IN ('pending', 'approved', 'rejected', 'expired')),
  "deadline_at" TIMESTAMPTZ(3) NOT NULL,
  "decided_by" VARCHAR(80),
  "comment" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "decided_at" TIMESTAMPTZ(3)
);
CREATE INDEX "approvals_task_id_created_at_idx" ON "approvals" ("task_id", "created_at");
CREATE INDEX "approvals_status_deadline_at_idx" ON "approvals" ("status", "deadline_at");
CREATE UNIQUE INDEX "approvals_pending_step_key" ON "approvals" ("step_id") WHERE "status" = 'pending';
