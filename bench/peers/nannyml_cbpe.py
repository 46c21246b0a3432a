"""Performance without labels as NannyML's CBPE estimates it: python nannyml_cbpe.py < PAIRS

PAIRS is JSON: [{"reference": {"score": [...], "label": [...]}, "current": {"score": [...]}, "chunk": rows}, ...], decided at 0.5.
Prints [{"roc_auc": [a chunk each], "accuracy": [...], "f1": [...]}, ...]; null where it has no estimate.
"""
import json
import os
import sys
import warnings

os.environ['NML_DISABLE_USAGE_LOGGING'] = '1'
warnings.filterwarnings('ignore')
import nannyml as nml  # noqa: E402
import pandas as pd  # noqa: E402

METRICS = ['roc_auc', 'accuracy', 'f1']


def frame(rows):
    table = pd.DataFrame(rows)
    table['prediction'] = (table['score'] >= 0.5).astype(int)
    return table


def estimated(pair):
    cbpe = nml.CBPE(
        y_pred_proba='score', y_pred='prediction', y_true='label', metrics=METRICS,
        chunk_size=pair['chunk'], problem_type='classification_binary',
    )
    found = cbpe.fit(frame(pair['reference'])).estimate(frame(pair['current'])).filter(period='analysis').to_df()
    values = {metric: found[metric]['value'].tolist() for metric in METRICS}
    return {metric: [x if x == x else None for x in all] for metric, all in values.items()}


print(json.dumps([estimated(pair) for pair in json.load(sys.stdin)]))
