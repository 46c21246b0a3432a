"""Columns that Evidently's data drift preset flags: python calm_evidently.py REFERENCE CURRENT [CURRENT ...], Parquet files.

Prints {file: {"flagged": [columns], "table": drift of half the columns}}.
"""
import json
import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

P_VALUES = ('p_value', 'anderson', 'cramer', 'fisher', 'g_test', 't_test', 'mann')


def flagged(metric):
    """Drift is a distance at or above its threshold, or a p-value below it."""
    config, score = metric['config'], metric['value']
    p_value = any(word in config['method'].lower() for word in P_VALUES)
    return score < config['threshold'] if p_value else score >= config['threshold']


reference = pd.read_parquet(sys.argv[1])
answer = {}
for path in sys.argv[2:]:
    metrics = Report([DataDriftPreset()]).run(pd.read_parquet(path), reference).dict()['metrics']
    columns = [m for m in metrics if m['config']['type'].endswith('ValueDrift')]
    names = [m['config']['column'] for m in columns if flagged(m)]
    answer[path] = {'flagged': names, 'table': len(names) >= 0.5 * len(columns)}
print(json.dumps(answer))
