-- The probabilities of classes that the prediction of a label came with: what is told of them is counted from here.
ALTER TABLE {table:labelled} ADD COLUMN IF NOT EXISTS probabilities Map(String, Float64);
