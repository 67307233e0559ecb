-- A step looks for its own questions whenever a worker takes it, and so does the database when it deletes one.
CREATE INDEX "approvals_step_id_idx" ON "approvals" ("step_id");
-- All questions are listed the newest first. Those that run out are found by their tasks.
CREATE INDEX "approvals_created_at_id_idx" ON "approvals" ("created_at" DESC, "id" DESC);
DROP INDEX "approvals_status_deadline_at_idx";

-- Nothing ever asked for these.
ALTER TABLE "answers" DROP COLUMN "goal_hash", DROP COLUMN "hits";
