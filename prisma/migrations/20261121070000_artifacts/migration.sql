-- Files of a task's workspace: given with it, or made by a step. A file that a step made counts once that attempt's result does.
CREATE TABLE "artifacts" (
  "id" UUID PRIMARY KEY,
  "task_id" UUID NOT NULL REFERENCES "tasks" ("id") ON DELETE CASCADE,
  "step_id" UUID REFERENCES "steps" ("id") ON DELETE CASCADE,
  "attempt" INTEGER,
  "path" VARCHAR(240) NOT NULL,
  "version" INTEGER NOT NULL,
  "removed" BOOLEAN NOT NULL DEFAULT FALSE,
  "size" INTEGER NOT NULL,
  "sha256" CHAR(64) NOT NULL,
  "content" BYTEA,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CHECK (("step_id" IS NULL) = ("attempt" IS NULL))
);
CREATE UNIQUE INDEX "artifacts_task_id_path_version_key" ON "artifacts" ("task_id", "path", "version");
CREATE INDEX "artifacts_step_id_idx" ON "artifacts" ("step_id");
-- What the clean-up looks at.
CREATE INDEX "artifacts_kept_idx" ON "artifacts" ("task_id", "created_at") WHERE "content" IS NOT NULL;
