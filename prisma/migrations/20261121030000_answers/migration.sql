-- Whose look-ups a task's answer may serve. Null when it serves nobody's: an arm called by itself, or a task in which something
-- had been replaced, so that what was asked for is not what was worked on.
ALTER TABLE "tasks" ADD COLUMN "answer_holder" VARCHAR(80);

-- Answers that tasks have produced, for whoever asks the same again. What was asked is kept as a hash alone.
CREATE TABLE "answers" (
  "key" CHAR(64) PRIMARY KEY,
  "tenant" VARCHAR(80) NOT NULL,
  "goal_hash" CHAR(64) NOT NULL,
  "output" JSONB NOT NULL,
  "hits" INTEGER NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX "answers_tenant_created_at_idx" ON "answers" ("tenant", "created_at" DESC);
CREATE INDEX "answers_expires_at_idx" ON "answers" ("expires_at");
