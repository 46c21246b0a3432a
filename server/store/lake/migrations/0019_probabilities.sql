-- What the prediction of a label came with, so that it is counted from here: the probabilities of classes, the list of items in
-- the order of their ranks, and every label of the id where there is such a list.
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS probabilities Map(String, Float64);
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS ranked Map(String, Float64);
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS relevant Array(String);
