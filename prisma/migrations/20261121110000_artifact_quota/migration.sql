-- Whose the bytes are: what one holder keeps is bounded, whatever number of tasks it lies in.
ALTER TABLE "artifacts" ADD COLUMN "holder" VARCHAR(80) NOT NULL DEFAULT '';
UPDATE "artifacts" a SET "holder" = t."holder" FROM "tasks" t WHERE t."id" = a."task_id" AND t."holder" <> '';
CREATE INDEX "artifacts_held_idx" ON "artifacts" ("holder", "created_at" DESC, "id") INCLUDE ("size", "task_id")
  WHERE "content" IS NOT NULL;
