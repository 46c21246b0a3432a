-- Every label that came for a prediction stays: one row for each source, value and time. human: 1 where a person gave it, which
-- goes before what came by itself. Rows from before have an empty entry: the newest of an id, as they were kept.
ALTER TABLE {rows:labels} ADD COLUMN IF NOT EXISTS human UInt8;
ALTER TABLE {rows:labels} ADD COLUMN IF NOT EXISTS entry String, MODIFY ORDER BY (model, id, entry);
ALTER TABLE {table:labels} ADD COLUMN IF NOT EXISTS human UInt8;
ALTER TABLE {table:labels} ADD COLUMN IF NOT EXISTS entry String;

-- When the first label of a prediction was known; whether a person gave the one that counts, and whether others say otherwise.
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS known DateTime64(3, 'UTC');
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS human UInt8;
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS contradicted UInt8;
