-- The action log as a chain: each line gets a place and a hash over itself and the line before, a moment after it was written.

ALTER TABLE "action_log"
  ADD COLUMN "seq" BIGSERIAL NOT NULL,
  ADD COLUMN "mark" CHAR(64),
  ADD COLUMN "position" BIGINT,
  ADD COLUMN "previous_hash" CHAR(64),
  ADD COLUMN "hash" CHAR(64);

CREATE UNIQUE INDEX "action_log_position_key" ON "action_log" ("position");
-- What waits for its place.
CREATE INDEX "action_log_unsealed_idx" ON "action_log" ("seq") WHERE "position" IS NULL;

CREATE TABLE "action_chain" (
  "id" SMALLINT NOT NULL DEFAULT 1 CHECK ("id" = 1),
  "position" BIGINT NOT NULL,
  "hash" CHAR(64) NOT NULL,
  "start_position" BIGINT NOT NULL,
  "start_hash" CHAR(64) NOT NULL,
  "accepted_position" BIGINT NOT NULL,
  "signature" CHAR(64),
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT "action_chain_pkey" PRIMARY KEY ("id")
);

INSERT INTO "action_chain" ("position", "hash", "start_position", "start_hash", "accepted_position")
VALUES (0, repeat('0', 64), 0, repeat('0', 64), 0);
