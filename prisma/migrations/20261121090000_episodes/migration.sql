-- Solved problems: what an arm made and proved, to be shown to it again when a like problem comes. Each belongs to whoever gave
-- the task, and is met by his tasks alone.
CREATE TABLE "episodes" (
  "id" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "holder" VARCHAR(80) NOT NULL,
  "arm" VARCHAR(50) NOT NULL,
  "language" VARCHAR(50) NOT NULL,
  "problem" TEXT NOT NULL,
  "problem_hash" CHAR(64) NOT NULL,
  "solution" JSONB NOT NULL,
  "solution_hash" CHAR(64) NOT NULL,
  "complexity" VARCHAR(20) NOT NULL,
  "tags" TEXT[] NOT NULL DEFAULT '{}',
  "quality_score" DOUBLE PRECISION NOT NULL,
  "tests_passed" INTEGER NOT NULL,
  "successes" INTEGER NOT NULL DEFAULT 1,
  "last_step" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "episodes_holder_arm_language_problem_hash_key" ON "episodes" ("holder", "arm", "language", "problem_hash");
CREATE UNIQUE INDEX "episodes_holder_arm_language_solution_hash_key" ON "episodes" ("holder", "arm", "language", "solution_hash");
CREATE INDEX "episodes_holder_arm_successes_updated_at_idx" ON "episodes" ("holder", "arm", "successes" DESC, "updated_at" DESC);
