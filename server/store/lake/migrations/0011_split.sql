-- By what the prediction of a label is split, as text by the key of the split: what labels add to a segment is counted from here.
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS split Map(String, String);
