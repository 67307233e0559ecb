-- Words to search by. PostgreSQL's parser keeps paths, hosts, compounds and tags together (or drops them), which hides the words
-- in them: punctuation is taken away first, except for the apostrophe, which the stemmer understands.
CREATE FUNCTION "search_words"("content" TEXT) RETURNS TSVECTOR
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('english', translate("content", '!"#$%&()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 31)));

-- How long a document is decides how much a word in it counts for (BM25).
ALTER TABLE "documents"
  DROP COLUMN "search",
  ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS ("search_words"("content")) STORED,
  ADD COLUMN "length" INTEGER GENERATED ALWAYS AS (char_length("content")) STORED;
CREATE INDEX "documents_search_idx" ON "documents" USING GIN ("search");
CREATE INDEX "documents_collection_length_idx" ON "documents" ("collection", "length");

-- Vectors of the embedded store. A collection's version rises with every write, so that other processes notice it.
CREATE TABLE "vector_collections" (
  "name" VARCHAR(200) PRIMARY KEY,
  "dimension" INTEGER NOT NULL CHECK ("dimension" > 0),
  "version" INTEGER NOT NULL
);
CREATE TABLE "vector_points" (
  "collection" VARCHAR(200) NOT NULL REFERENCES "vector_collections" ("name") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" VARCHAR(500) NOT NULL,
  "vector" BYTEA NOT NULL,
  "payload" JSONB NOT NULL DEFAULT '{}',
  "version" INTEGER NOT NULL,
  PRIMARY KEY ("collection", "id")
);
CREATE INDEX "vector_points_collection_version_id_idx" ON "vector_points" ("collection", "version", "id");
